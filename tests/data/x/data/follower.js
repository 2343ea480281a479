window.YTD.follower.part0 = [ {
  "follower" : { "accountId" : "201" }
}, {
  "follower" : { "accountId" : "204" }
}, {
  "follower" : { }
} ]
