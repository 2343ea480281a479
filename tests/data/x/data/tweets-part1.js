window.YTD.tweets.part1 = [
  { "tweet" : { "id_str" : "40", "full_text" : "@ada_wong again", "in_reply_to_user_id_str" : "201", "in_reply_to_screen_name" : "ada_wong", "entities" : { "user_mentions" : [ ] } } }
]
