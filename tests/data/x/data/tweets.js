window.YTD.tweets.part0 = [
  { "tweet" : { "id_str" : "20", "created_at" : "Sat Jun 06 13:02:35 +0000 2020", "full_text" : "@ada_wong yes; x = [1] }, { \"y\"", "in_reply_to_user_id_str" : "201", "in_reply_to_screen_name" : "ada_wong", "entities" : { "user_mentions" : [ { "name" : "Ada Wong", "screen_name" : "ada_wong", "id_str" : "201", "id" : "201" } ] } } },
  { "tweet" : { "id_str" : "10", "full_text" : "@adaw old name", "entities" : { "user_mentions" : [ { "name" : "Ada", "screen_name" : "adaw", "id_str" : "201" }, { "name" : "Gone", "screen_name" : "gone", "id_str" : "-1" } ] } } },
  { "tweet" : { "id_str" : "30", "full_text" : "RT @BenOrtiz: hi", "entities" : { "user_mentions" : [ { "name" : "Ben Ortiz", "screen_name" : "BenOrtiz", "id_str" : "202" } ] } } }
]
