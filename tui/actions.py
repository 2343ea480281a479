"""The registry of actions: footer, palette, help and the key table are all made from it.

A key that is not in it does not exist, and a module that is not built has no key here. An action's
`do` is the name of a method without ``action_`` on the node that binds it: the row list for the
context ``list``, the search box for ``box``, a popup for its own, the screen for all others.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from tui.action import (
    BOX,
    CONTEXTS,
    EVERYWHERE,
    FORMS,
    LIST,
    POPUPS,
    SCREENS,
    Action,
    key_name,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.binding import Binding, BindingType

__all__ = [
    "ACTIONS", "BOX", "BY_ID", "CONTEXTS", "EVERYWHERE", "FORMS", "LIST", "POPUPS", "SCREENS",
    "Action", "bindings", "for_context", "key_name", "keys_of",
]  # fmt: skip

_WITH_PERSON = ("focus", "triage", "people", "person", "balance")

_CONTACTED = ("focus", "people", "person", "balance")
"""Where a person can be contacted; Triage files by that key."""

_today = partial(Action, group="Today", contexts=("focus",))
_contact = partial(Action, group="Contact", contexts=("contact",))
_sort = partial(Action, group="Sort", contexts=("triage",))
_column = partial(Action, group="Columns", contexts=("triage",))
_merge = partial(Action, group="Merge", contexts=("merge",))
_people = partial(Action, group="People", contexts=("people",))
_undo = partial(Action, group="Undo", contexts=("undo",))
_import = partial(Action, group="Import", contexts=("imports",))
_plan = partial(Action, group="Import", contexts=("plan",))
_person = partial(Action, group="Person")
_form = partial(Action, group="Form", contexts=FORMS)
_move = partial(Action, group="Move", contexts=(LIST,), palette=False)
_balance = partial(Action, group="80/20", contexts=("balance",))
_log = partial(Action, group="Log", contexts=("log", "thread"))
_ghosts = partial(Action, group="Not in your book", contexts=("ghosts",))
_find = partial(Action, group="Find", contexts=("triage", "people", "log", "thread", "undo"))
_box = partial(Action, group="Find", contexts=(BOX,), palette=False)
_go = partial(Action, group="Screens", contexts=(EVERYWHERE,))
_app = partial(Action, group="Everywhere", contexts=(EVERYWHERE,))
_popup = partial(Action, group="Popups", palette=False)

# A table reads best as one; the order is that of the bottom line.
# fmt: off
ACTIONS: Final[tuple[Action, ...]] = (
    _person("person.contact", "c", "contact", "contact",
            "Shows what to know before contact, and opens the mail, number or profile.",
            footer="contact", contexts=_CONTACTED),
    _contact("contact.go", "enter", "open, sent, next", "go",
             "Opens the way at the cursor; then says that it was sent, and logs it."),
    _contact("contact.left", "left", "the way before", "way(-1)",
             "Goes to the way before: another address, number or profile.", palette=False),
    _contact("contact.right", "right", "another way", "way(1)",
             "Goes to the next way.", palette=False),
    _today("focus.done", "space", "done", "done",
           "Logs a talk today by the channel of the row, and goes to the next.", footer="done"),
    _today("focus.skip", "x", "not today", "not_today",
           "Takes the row off today's list; it is due again tomorrow.", footer="not today"),
    _today("focus.more", "m", "more of those due", "more",
           "Takes the next of the people who are due onto today's list.", footer="more"),
    _sort("triage.accept", "enter", "yes, as suggested", "accept",
          "Files the person as suggested; drops a carried card.", footer="suggested"),
    _sort("triage.file-a", "a", "file in A", "file('A')",
          "Files the person, or the row in a column, in A.", footer="file"),
    _sort("triage.file-b", "b", "file in B", "file('B')",
          "Files the person, or the row in a column, in B.", footer="file"),
    _sort("triage.file-c", "c", "file in C", "file('C')",
          "Files the person, or the row in a column, in C.", footer="file"),
    _sort("triage.file-d", "d", "put away in D", "file('D')",
          "Puts the person, or the row in a column, away.", footer="file"),
    _sort("triage.skip", "right", "skip for now", "skip",
          "Goes to the next person; skipped ones come last. A carried card goes one column right.",
          footer="skip"),
    _sort("triage.back", "left", "back to the one before", "previous",
          "Shows the person before this one again. A carried card goes one column left.",
          footer="back"),
    _sort("triage.batches", "B", "batches", "batches",
          "Offers the groups that can be filed in one step.", footer="batches"),
    _sort("triage.rest", "F", "file the rest as suggested", "rest",
          "Files everybody left as suggested, in one step, after asking."),
    _merge("merge.accept", "enter", "merge, as marked", "accept",
           "Makes one person of them: what is marked shows, nothing is lost. Of a question: "
           "keeps what is marked.", footer="merge"),
    _merge("merge.value-left", "left", "the value before", "value(-1)",
           "Marks the value at the cursor; again, the one before it.", footer="value"),
    _merge("merge.value-right", "right", "another value", "value(1)",
           "Marks the value at the cursor; again, the next one.", footer="value"),
    _merge("merge.both", "space", "both", "both",
           "Has the value at the cursor show beside the marked one, or no longer.",
           footer="both"),
    _merge("merge.type", "e", "type a value", "type",
           "Asks for another value of the field at the cursor; it is yours from then on.",
           footer="type"),
    _merge("merge.different", "x", "different people", "answer('different')",
           "They are different people: they are never offered together again.",
           footer="different"),
    _merge("merge.take-out", "minus", "take one out", "take_out",
           "Leaves the one at the cursor out of a group, or takes them in again; the others can "
           "be merged without.", footer="take out"),
    _merge("merge.later", "z", "later", "answer('later')",
           "Puts them off: they come last, under later.", footer="later"),
    _merge("merge.family", "f", "of one family", "answer('family')",
           "They are of one family or household, and stay people of their own.",
           footer="family"),
    _merge("merge.all", "A", "all certain ones", "all",
           "Merges every certain group as one step, after showing how many and ten of them.",
           footer="all certain"),
    _merge("merge.equal", "v", "what is equal", "equal",
           "Shows what is equal as well, and who is in it; or hides it again.", footer="equal"),
    _merge("merge.next", "n", "the next one", "go(1)",
           "Goes to the next one; this one stays open.", footer="next"),
    _merge("merge.previous", "N", "the one before", "go(-1)",
           "Goes to the one before."),
    _merge("merge.queue", "tab", "into the queue", "queue",
           "Goes into the list of all that is open, and back.", footer="queue"),
    _merge("merge.person", "p", "everything known", "person",
           "Opens the person at the cursor: everything known of them; q comes back.",
           footer="person"),
    _people("people.mark", "space", "mark", "mark",
            "Marks the row, or unmarks it; what is marked is filed together.", footer="mark"),
    _import("imports.mark", "space", "mark", "mark",
            "Marks the list, or unmarks it; enter takes all that are marked.", footer="mark"),
    _import("imports.all", "asterisk", "mark all", "mark_all",
            "Marks every list on this machine, or none.", footer="all"),
    _import("imports.path", "f", "a file or folder", "path",
            "Asks where another file, folder or archive lies.", footer="file"),
    _import("imports.how", "w", "how to get it", "how",
            "Shows where to click to get a list like this one.", footer="how"),
    _import("imports.look", "r", "look again", "look",
            "Looks through this machine again.", footer="look again"),
    _plan("plan.import", "i", "import", "bring_in",
          "Imports what is planned; nothing is written before.", footer="import"),
    _plan("plan.leave-out", "x", "leave out", "leave_out",
          "Leaves a list out of this import, or takes it in again.", footer="leave out"),
    Action("details.change", "space", "change", "change",
           "Changes what the row says: another list, another column, taken or left out.",
           contexts=("details",), group="Import", footer="change"),
    Action("summary.refused", "v", "what was refused", "refused",
           "Shows what was refused, line by line, and why.",
           contexts=("plan", "summary"), group="Import", footer="refused"),
    _undo("undo.back-to", "enter", "take back to here", "take_back_to",
          "Takes back this step and every later one, after asking.", footer="take back to here"),
    Action("settings.usual", "x", "back to the usual", "usual",
           "Has the row at the cursor be as usual again; u takes that back.",
           contexts=("settings",), group="Settings", footer="usual"),
    _log("log.thread", "tab", "into the conversation", "thread",
         "Goes into the conversation of the talk, and back to the list.",
         footer="thread", contexts=("log",)),
    _log("log.person", "p", "the person", "person",
         "Opens the person of the talk: everything known of them; q comes back.",
         footer="person"),
    _log("log.copy", "y", "copy", "copy",
         "Copies all that was said in the talk.", footer="copy"),
    _log("log.ghosts", "b", "who is not in the book", "ghosts",
         "Lists whom you talk with and who is not in your book.",
         footer="not in the book", contexts=("log", "summary")),
    _ghosts("ghosts.add", "plus", "make a person", "add",
            "Makes a person of the row at the cursor, or one of each that is marked.",
            footer="make a person"),
    _ghosts("ghosts.leave", "x", "leave out", "leave",
            "Leaves the row, or all that are marked, out of the book for good; it is not offered "
            "again.", footer="leave out"),
    _ghosts("ghosts.mark", "space", "mark", "mark",
            "Marks the row, or unmarks it; what is marked is added, joined or left out together.",
            footer="mark"),
    _ghosts("ghosts.said", "tab", "what was said", "said",
            "Opens the newest talk in its conversation; q comes back.", footer="talks"),
    _balance("balance.accept", "space", "move, as proposed", "accept",
             "Files the person of a proposal in the tier that is proposed.", footer="move"),
    _balance("balance.stay", "x", "leave as filed", "stay",
             "Leaves the person of a proposal in their tier; none is made for half a year.",
             footer="leave"),
    _balance("balance.left", "left", "back along the curve", "curve(-1)",
             "Goes to the person before, along the curve.", footer="curve"),
    _balance("balance.right", "right", "on along the curve", "curve(1)",
             "Goes to the next person along the curve.", footer="curve"),
    _balance("balance.stride-left", "shift+left", "far back along the curve", "stride(-1)",
             "Goes back along the curve by a twentieth of the people.", palette=False),
    _balance("balance.stride-right", "shift+right", "far on along the curve", "stride(1)",
             "Goes on along the curve by a twentieth of the people.", palette=False),
    _balance("balance.month", "m", "a month alone", "month(1)",
             "Shows this month alone, then the one before; after a year of them, all time.",
             footer="month"),
    _balance("balance.month-back", "M", "the month after", "month(-1)",
             "Goes through the months the other way round.", palette=False),
    _balance("balance.swap", "tab", "to the curve and back", "swap",
             "Goes to the curve, and back to the list: keys mean whom its cursor stands on.",
             palette=False),
    _balance("balance.open", "enter", "open", "open",
             "Opens the person at the cursor of the curve.", palette=False),
    _person("person.tier", "t", "tier", "tier",
            "Files the person, or all who are marked, in A, B, C or D.",
            footer="tier", contexts=(*_CONTACTED, "contact")),
    _person("person.wait", "z", "wait", "wait",
            'Keeps the person off the list until a day, with a why: "3m let her settle in".',
            footer="wait", contexts=("focus", "contact", "person", "balance")),
    _person("person.settle", "space", "settle a promise", "settle",
            "Says that the promise at the cursor was kept or dropped, or gives it another day.",
            footer="settle", contexts=("person", "contact")),
    _person("person.log-pane", "tab", "to the log and back", "log_pane",
            "Goes to the log, and back to the facts.", contexts=("person",), footer="log/facts"),
    _person("person.unmerge", "U", "take an entry out", "unmerge",
            "Asks which entries are somebody else, and makes them a person of their own.",
            footer="take out", contexts=("person",)),
    _move("list.open", "enter", "open", "choose",
          "Opens the row at the cursor; a value that leads nowhere is copied.",
          footer="open"),
    _move("list.down", "j,down", "down", "step(1)",
          "One row down."),
    _move("list.up", "k,up", "up", "step(-1)",
          "One row up."),
    _move("list.half-down", "ctrl+d,pagedown", "half a page down", "half_page(1)",
          "Half a page down."),
    _move("list.half-up", "ctrl+u,pageup", "half a page up", "half_page(-1)",
          "Half a page up."),
    _move("list.top", "g,home", "top", "edge(-1)",
          "The first row."),
    _move("list.bottom", "G,end", "bottom", "edge(1)",
          "The last row."),
    _find("find.open", "slash", "find", "find",
          "Opens the box: it takes letters until enter or ↓, and narrows as you type.",
          footer="find", contexts=("triage", "merge", "people", "log", "undo")),
    _find("find.next", "n", "next found", "find_next(1)",
          "The next row that was found.", palette=False),
    _find("find.previous", "N", "found before", "find_next(-1)",
          "The row that was found before.", palette=False),
    _app("app.undo", "u", "take back", "take_back",
         "Undoes the last thing this sitting did, and says what.", footer="undo"),
    _person("person.log", "l", "log a talk", "log",
            'Logs a talk by one line, such as "yesterday coffee with anna !send slides fri": '
            "with names people, !… I owe, !!… they owe.", footer="log",
            contexts=(*_WITH_PERSON, "contact", "log", "thread")),
    _person("person.promise", "p", "I promised", "promise('me')",
            'Notes what you owe the person, or all who are marked: "the deck fri".',
            footer="promise", contexts=(*_WITH_PERSON, "contact")),
    _person("person.promised", "P", "they promised", "promise('them')",
            "Notes what the person owes you, and by when.",
            footer="promise", contexts=(*_WITH_PERSON, "contact")),
    _person("person.edit", "e", "edit", "edit",
            "Opens the form of the person: every value can be changed, cleared or added.",
            footer="edit", contexts=(*_WITH_PERSON, "contact")),
    _person("person.new", "plus", "new person", "add_person",
            'Adds somebody by one line, such as "Rachel Green, Globex, r@globex.example".',
            footer="new", contexts=_WITH_PERSON),
    _column("triage.columns", "tab", "into the columns", "column(1)",
            "Goes from the card into the columns and on, and back to the card.", footer="columns"),
    _column("triage.columns-back", "shift+tab", "to the column before", "column(-1)",
            "Goes through the columns the other way round.", palette=False),
    _column("triage.lift", "space", "lift a card", "lift",
            "Lifts the row in a column: arrows carry it, enter drops it, esc lets go."),
    _person("person.profile", "o", "open a profile", "open_profile",
            "Opens a profile of the person in the browser.",
            footer="profile", contexts=(*_WITH_PERSON, "contact", "merge")),
    _person("person.copy", "y", "copy", "copy",
            "Copies the address or number at hand to the clipboard.",
            footer="copy", contexts=(*_WITH_PERSON, "contact", "merge")),
    _person("person.compare", "M", "compare", "compare",
            "Shows the person beside whoever may be the same, on the Merge screen; or all who are "
            "marked.", footer="compare", contexts=("triage", "people", "person")),
    _person("person.opt-out", "exclamation_mark", "opt-out and channel", "opt_out",
            "Says by which way the person, or all who are marked, must never be contacted, or "
            "would rather be.", footer="opt-out", contexts=(*_WITH_PERSON, "contact")),
    _person("person.reading", "w", "worth reading", "reading",
            "Marks the person as worth reading: kept, in C if unsorted, and never due; or takes "
            "the mark off.", footer="reading", contexts=("triage", "person")),
    _person("person.channel", "f", "talks by one channel", "channel",
            "Shows the talks by mail, WhatsApp, calls or another channel alone; esc shows all.",
            contexts=("person",), footer="channel"),
    _form("edit.add", "a", "add a value", "add",
          "Adds a mail, a number, a label, a note or another value.", footer="add"),
    _form("edit.clear", "x", "clear", "clear",
          "Clears the value at the cursor; again, and it is back.", footer="clear"),
    _form("edit.editor", "E", "in your editor", "editor",
          "Opens all values as text in $VISUAL or $EDITOR.", footer="editor"),
    _form("edit.keep", "ctrl+s", "keep the changes", "keep",
          "Keeps all changes as one step, which u takes back.", footer="keep"),
    _form("edit.close", "escape,q", "close", "cancel",
          "Closes the form; asks first if something was changed.", footer="close"),
    _box("box.done", "enter,down", "to the list", "done",
         "From the box to what it found.", footer="to the list"),
    _box("box.clear", "escape", "clear", "clear",
         "Empties the box and closes it.", footer="clear"),
    _go("go.focus", "1", "Focus", "app.goto('focus')",
        "Today's few."),
    _go("go.triage", "2", "Triage", "app.goto('triage')",
        "Sort people into A, B, C and D."),
    _go("go.merge", "3", "Merge", "app.goto('merge')",
        "Make one person of entries that are one, and say which are not."),
    _go("go.people", "4", "People", "app.goto('people')",
        "Everybody in the book."),
    _go("go.log", "5", "Log", "app.goto('log')",
        "All that was said, and finding it again."),
    _go("go.balance", "6", "80/20", "app.goto('balance')",
        "Whether your talks go to the right few."),
    _go("go.imports", "7", "Import", "app.goto('imports')",
        "Bring people in from everywhere they are kept."),
    _go("go.undo", "8", "Undo", "app.goto('undo')",
        "What was done to the book, and taking it back."),
    _app("app.settings", "comma", "settings", "app.goto('settings')",
         "The day's list, cadences, weights, the mailer: what each does, and changing it."),
    _app("app.redo", "ctrl+r", "do again", "app.do_again",
         "Redoes what was just taken back."),
    _app("app.palette", "colon,ctrl+p", "palette", "app.command_palette",
         "Lists everything that can be done here; type to find it.", palette=False,
         contexts=(EVERYWHERE, *FORMS)),
    _app("app.cancel", "escape", "cancel", "cancel",
         "Clears the search, lets go of a carried card; never leaves the screen.",
         palette=False),
    _app("app.back", "q", "back", "app.leave",
         "Back to Focus; from Focus out."),
    _app("app.quit", "ctrl+q", "quit", "app.quit",
         "Out, from anywhere."),
    _app("app.veil", "V", "veil", "app.veil",
         "Shows stand-ins for all names, numbers and texts, to share the screen; or lifts them."),
    _app("app.help", "question_mark", "help", "app.help",
         "This page.", footer="?", contexts=(EVERYWHERE, *FORMS)),
    _popup("popup.cancel", "escape", "cancel", "cancel",
           "Closes the popup; nothing is done.", footer="cancel",
           contexts=("popup", "batches", "entries", "who")),
    _popup("batches.look", "space", "look", "look",
           "Shows who is in the batch, or the batches again.", footer="who", contexts=("batches",)),
    _popup("entries.mark", "space", "mark", "mark",
           "Marks the entry, or unmarks it; enter takes out all that are marked.",
           footer="mark", contexts=("entries",)),
    _popup("confirm.yes", "y,enter", "yes", "answer(True)",
           "Answers yes.", footer="yes", contexts=("confirm",)),
    _popup("confirm.no", "n,escape", "no", "answer(False)",
           "Answers no; nothing is done.", footer="no", contexts=("confirm",)),
    _popup("path.complete", "tab", "complete", "complete",
           "Completes the path as far as there is only one way to go on.",
           footer="complete", contexts=("path",)),
    _popup("who.down", "down", "down", "step(1)",
           "Goes to the next of those who were found.", contexts=("who",)),
    _popup("who.up", "up", "up", "step(-1)",
           "Goes to the one before.", contexts=("who",)),
    _popup("guide.close", "escape,enter,q,w", "close", "cancel",
           "Closes the steps.", footer="close", contexts=("guide",)),
    _popup("help.close", "escape,q,question_mark", "close", "cancel",
           "Closes the help.", footer="close", contexts=("help",)),
)
# fmt: on
BY_ID: Final[Mapping[str, Action]] = {action.id: action for action in ACTIONS}


def keys_of(action: Action, keymap: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """The keys of an action in Textual's names: the user's if there are any."""
    return tuple((keymap or {}).get(action.id, action.keys).split(","))


def for_context(context: str) -> tuple[Action, ...]:
    """The actions that a node of this context binds; a screen binds those of everywhere too."""
    wanted = {context, EVERYWHERE} if context in SCREENS else {context}
    return tuple(action for action in ACTIONS if wanted.intersection(action.contexts))


def bindings(*contexts: str) -> list[BindingType]:
    """The bindings of a screen, popup or widget, each with the id that the key map knows it by."""
    from textual.binding import Binding

    seen: dict[str, Binding] = {}
    for context in contexts:
        for action in for_context(context):
            seen[action.id] = Binding(
                action.keys, action.do, action.title, show=False, id=action.id
            )
    return list(seen.values())
