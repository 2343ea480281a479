window.YTD.mute.part0 = [ { "muting" : { "accountId" : "202", "userLink" : "https://twitter.com/intent/user?user_id=202" } } ]
