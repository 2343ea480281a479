"""What the owner noted of ordinary talks, by circle: ``kind direction text``.

The direction is an arrow as on the screens: ``<`` they wrote, ``>`` the owner did, ``=`` both.
"""

from __future__ import annotations

from typing import Final, NamedTuple

DIRECTIONS: Final = {"<": "in", ">": "out", "=": "both"}


class Line(NamedTuple):
    """A talk without its day."""

    kind: str
    direction: str
    text: str


def line(written: str) -> Line:
    """One line of these blocks."""
    kind, arrow, text = written.split(" ", 2)
    return Line(kind, DIRECTIONS[arrow], text)


_BLOCKS: Final = {
    "family": """
call = Long Sunday call: the garden, the knee, the new neighbours
message < Photo of Mila's drawing on their fridge
call = Who brings what on the holidays; I do the potato salad
message > Sent the holiday pictures from Bornholm
visit = Coffee and plum cake, everybody talking at once
message < Asks whether we come for the long weekend
call = Only five minutes, on the train; sounded tired
visit = Helped carry the old wardrobe down three floors
message > Wished luck for the operation
call < All went well, home again, may not lift anything
message < The recipe with the burnt butter, finally
call = The house: roof first, heating next year
message > Asked what Mila may bring for the birthday
visit = Walked along the Elbe, too windy for the dog
message < Sent a voice message of four minutes about the bus
""",
    "friends": """
message > Dinner at ours, they bring the wine
meeting = Pub, the corner table; work was not mentioned once
message < Has two tickets left for the Elbphilharmonie
call = The move: boxes, nerves, no kitchen yet
message < Is in Hamburg next week, sofa?
meeting = Swam in the lake, far too cold, very happy after
message > Sent the name of our pediatrician
visit = A bad week at work; came over, we cooked and said little
message < Photo from the summit, unrecognisable under the hat
meeting = Cooked together, burnt the rice, ordered pizza
message > Cannot make it on Saturday, suggested the one after
call = Long one about parents getting old
message < A link to a flat that we will never afford
meeting = Flea market, came home with a lamp
message > Congratulated on the new job, want to hear all
message < Lent me the novel, wants an honest opinion
""",
    "school": """
message < Asks who still has the photos of the Abi trip
message > Sent the photos, all forty of them
meeting = Class reunion, talked until they put the chairs up
message < Twins! Both well, nobody sleeps
call = Old teachers, new hips
message > Wrote for the fortieth, with a bad rhyme
""",
    "university": """
mail < Will give a talk in Bremen, dinner before?
message > Recommended her student to Hafenkontor
call = Both of us cannot remember any statistics
meeting = Lunch between two trains, two hours became three
message < Finished the thesis after all, eleven years late
mail > Sent the paper on berth windows, page 4 is for you
message < Moves to the coast, wants to know where it rains least
mail = Planned the walking weekend; Harz again
""",
    "colleagues": """
mail < Asks for a reference, gladly given
meeting = Lunch near the Speicherstadt, the old stories
mail > Passed on the tender, not mine but perhaps theirs
message < They really did switch off the old booking system
call = Who is where now; half the team is at clients
mail < Looking for a planner with port experience, do I know one
mail > Named two people, asked both of them first
meeting = Beer after the trade fair, heard of the reorganisation before it was out
message > Congratulated on ten years
mail < Thanks for the introduction, they have met twice
""",
    "clients": """
mail > Sent the weekly summary, two open questions marked
mail < Slots for the workshop, mornings are better
meeting = Steering group: scope agreed, date not
call = Went through the gate delays hour by hour
mail < Wants the numbers without the strike week
mail > Numbers without the strike week, and a word of warning
meeting = Walked the yard at six in the morning; now I understand the queue
call < The board asks for a smaller first step
mail > Proposed a pilot at one gate, eight weeks
mail < Pilot approved, purchase order follows
meeting = Retrospective: drivers like it, the night shift does not
call = The interface to customs: whose error is it
mail > Offer for the second phase, twelve days
mail < Asks for a better price, friendly
mail > Same price, two days fewer
meeting = Lunch in the canteen, met the new dispatcher
call = Bad night: 300 boxes in the wrong stack, calm by noon
mail < The invoice is with accounting
mail > Reminded of the invoice, gently
""",
    "conference": """
meeting = Met at the port logistics days, panel on slot booking
mail > Sent the slides as promised
mail < Thanks for the slides, wants to compare notes soon
message < Wants an introduction to Hafenkontor
call = Half an hour on how they count truck turns
message > Congratulated on the prize
mail < Invites me to speak, no fee, good dinner
mail > Declined kindly, named Hanna instead
""",
    "neighbours": """
message < Parcel for us is with them
message > Took in their parcel, the big one
visit = Lent the drill, got it back with cake
message < Water the plants from Friday on?
visit = Stairwell talk about the heating bill
message > Asked for the bikes not to stand before the cellar door
""",
    "club": """
message < Who rows on Saturday, we are three
message > In, if somebody drives
meeting = Rowed to the lock and back, headwind both ways
message < The double scull has a hole again
meeting = Annual meeting, re-elected because nobody else raised a hand
message > Paid the boat house share
message < Asks for a lift to the regatta in Ratzeburg
""",
    "trades": """
call > Asked for a date for the boiler, three weeks
visit = Repaired the boiler, left the old valve as proof
call < Comes on Thursday between eight and four
mail < Sent the bill, fair
message > Photo of the leak, asked how bad it is
message < Not that bad, bucket under it until Monday
""",
}

CIRCLES: Final = {
    name: tuple(line(written) for written in block.strip().splitlines())
    for name, block in _BLOCKS.items()
}
