window.YTD.direct_messages.part0 = [ {
  "dmConversation" : {
    "conversationId" : "100-201",
    "messages" : [ {
      "messageCreate" : { "recipientId" : "100", "reactions" : [ { "senderId" : "100", "reactionKey" : "like", "eventId" : "9001", "createdAt" : "2020-03-02T10:05:00.000Z" }, { "senderId" : "201", "reactionKey" : "funny", "eventId" : "9002", "createdAt" : "2020-03-02T10:06:00.000Z" } ], "urls" : [ { "url" : "https://t.co/abc", "expanded" : "https://wong.example/trip", "display" : "wong.example" } ], "text" : "Tom &amp; me: https://t.co/abc", "mediaUrls" : [ ], "senderId" : "201", "id" : "1002", "createdAt" : "2020-03-02T10:00:00.391Z" }
    }, {
      "messageCreate" : { "recipientId" : "201", "reactions" : [ ], "urls" : [ ], "text" : "Hello \ud83d\ude00 \ud83d\nwell?", "mediaUrls" : [ ], "senderId" : "100", "id" : "1001", "createdAt" : "1583142000000" }
    } ]
  }
}, {
  "dmConversation" : {
    "conversationId" : "100-205",
    "messages" : [ {
      "messageCreate" : { "recipientId" : "100", "reactions" : [ ], "urls" : [ { "url" : "https://t.co/pic", "expanded" : "https://twitter.com/messages/media/1003", "display" : "pic.twitter.com/x" } ], "text" : " https://t.co/pic", "mediaUrls" : [ "https://ton.twitter.com/dm/1003/x.jpg" ], "senderId" : "205", "id" : "1003", "createdAt" : "2020-03-03T10:00:00.000Z" }
    }, {
      "messageCreate" : { "recipientId" : "100", "text" : "when?", "senderId" : "205", "id" : "1004", "createdAt" : "soon" }
    } ]
  }
} ]
