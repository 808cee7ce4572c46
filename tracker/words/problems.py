"""The rule that something breaks -> what is wrong and what to do, for beside the field or the line.

What an import refuses stands in exchange/, next to the reader that refuses it.
"""

from __future__ import annotations

from tracker.records import longest
from tracker.words.voice import N_, Voice

PROBLEMS = {
    "required": N_("This is still empty. Fill it in."),
    "out_of_range": N_("This number is too low or too high. Check it."),
    "too_early_date": N_("This day is before 2000. Choose a later day."),
    "too_far_ahead": N_("This day is more than a year ahead. Choose an earlier day."),
    "ends_before_start": N_("The last day is before the first day. Change one of them."),
    "too_long": N_("This text is too long. Make it shorter."),
    "hidden_characters": N_("This text holds invisible characters. Type it again instead of pasting it."),
    "bad_cadence": N_("This rhythm cannot be read. Give a number of weeks."),
    "only_when_ended": N_(
        "A reason for ending belongs to a last day. Fill in that day, or leave the reason empty."
    ),
    "twice": N_("The same partner is named twice. Take one away."),
    "unknown_code": N_("This choice does not exist. Choose one from the list."),
    "archived_code": N_("This choice is no longer in use. Choose another one."),
    "unknown_record": N_("This no longer exists. Choose another one."),
    "withdrawn_record": N_("This was withdrawn. Choose another one, or put it back first."),
    "fixed_list": N_("This list is fixed. It cannot be changed."),
    "looks_like_bsn": N_(
        "This looks like a citizen service number. Take it out. Write the organisation and the role instead."
    ),
    "looks_like_email": N_(
        "This looks like an e-mail address. Take it out. Write the organisation and the role instead."
    ),
    "looks_like_phone": N_(
        "This looks like a telephone number. Take it out. Write the organisation and the role instead."
    ),
    "looks_like_iban": N_(
        "This looks like a bank account. Take it out. Write the organisation and the role instead."
    ),
    "looks_like_address": N_(
        "This looks like a home address. Take out the number. A street or a neighbourhood may stay."
    ),
    "looks_like_birth_date": N_(
        "This looks like a date of birth. Take it out. A group of ages may stay, such as 12 to 18."
    ),
    "looks_like_licence_plate": N_(
        "This looks like a licence plate. Take it out. Write what happened without it."
    ),
    "looks_like_titled_name": N_(
        "This looks like the name of a person. Write the organisation and the role instead."
    ),
    "looks_like_initials_surname": N_(
        "This looks like a name with initials. Write the organisation and the role instead."
    ),
    "looks_like_named": N_("This looks like the name of a person. Write what happened without it."),
    "looks_like_age_role_place": N_(
        "Age, role and place together can point at one person. Leave out one of them."
    ),
    "answered_already": N_("This meeting has an answer already. Change that answer instead."),
    "too_long_recess": N_("A recess lasts at most 100 days. Choose an earlier last day."),
    "due_before_made": N_("The last day is before the day it was agreed. Change one of them."),
    "only_when_closed": N_("Only a closed agreement has a day of closing. Leave that day empty."),
    "second_without_first": N_("There is no first owner yet. Choose that one before the second."),
    "same_as_first": N_("The second owner is the same as the first. Choose another organisation."),
    "answer_does_not_fit": N_("This answer does not fit here. Choose another answer."),
    "say_something": N_("Nothing is filled in yet. Answer at least one of the four questions."),
    "framed_already": N_("This domain has said it already. Change what stands there."),
    "reviewed_already": N_("This incident was looked back on already. Change what stands there."),
    "counted_already": N_("This series has a value for this day already. Keep one of the two."),
    "not_a_quarter": N_("This is no first day of a quarter, such as 1 April. Choose another day."),
    "only_in_a_review": N_(
        "Only an agreement of an evaluation belongs to a quarter. Leave the quarter empty."
    ),
    "meant_already": N_("This domain has given a meaning already. Change what stands there."),
    "planned_already": N_("This was planned already. Change what stands there."),
    "noted_already": N_("There is a note at this question already. Change what stands there."),
    "closed_already": N_("The evaluation of this quarter was closed already. Open it again to change it."),
    "scanned_already": N_("This quarter has a self-scan already. Use that one."),
    "stays_closed": N_("A closed self-scan stays closed. Open one for the next quarter."),
    "own_roles": N_("You cannot change your own roles. Ask another administrator."),
    "last_administrator": N_("This is the last administrator. First make somebody else one."),
    "exists_already": N_("This name exists already. Use that one, or choose another name."),
}

PROBLEMS_OF_A_FIELD = {
    ("title", "required"): N_("Give a short title, for example “Unrest at the station”."),
    ("reason", "required"): N_("Say why, in a few words. This stays in the history."),
    ("end_reason", "required"): N_("Choose why it ended."),
    ("moved_to", "required"): N_("Fill in the new day."),
    ("text", "required"): N_("Say what was agreed, in one sentence."),
    ("owner_id", "required"): N_("Choose which organisation does this. Without an owner nobody will."),
    ("second_owner_id", "required"): N_("Choose the organisation of the second owner."),
    ("incident_id", "required"): N_("Choose the incident it came from."),
    ("meaning", "required"): N_("Say what this domain means by the word, in one sentence."),
    ("note", "required"): N_("Say in a few words what came out of this question."),
    ("target", "out_of_range"): N_("Give a number from 0 to 1,000, or a percentage from 0 to 100."),
    ("codes", "out_of_range"): N_("This is too few or too many codes. Choose another number."),
    ("code", "required"): N_("Type the code that you were given."),
    ("wording", "required"): N_("Say in a few words how this domain names it, or how urgent it feels."),
    ("closed_on", "required"): N_("Fill in on which day it was closed."),
    ("years_of_text", "out_of_range"): N_("Give a whole number of years, from 1 to 50."),
    ("years_of_records", "out_of_range"): N_("Give a whole number of years, from 1 to 50."),
    ("years_of_log", "out_of_range"): N_("Give a whole number of years, from 3 to 50."),
    ("severity", "out_of_range"): N_("Choose a severity from 1 to 5."),
    ("grace_weeks", "out_of_range"): N_("Give a number of weeks from 0 to 52."),
    ("count", "out_of_range"): N_("Give a number from 0 to 1 million."),
    ("partner_count", "out_of_range"): N_("Give a number of organisations from 0 to 10,000."),
    ("value", "out_of_range"): N_("Give a number from 0 to 1 billion."),
    ("weight", "out_of_range"): N_("Give a number of 0 or more."),
}

REFUSALS = {
    "missing": N_("There is no database here. Make one with the command init, or start the dashboard."),
    "not_ours": N_("This file belongs to something else. Nothing was changed. Choose another file."),
    "not_a_file": N_("This is a folder, not a file. Choose a file."),
    "empty_file": N_("This file is empty. Nothing was changed. Remove it, or choose another file."),
    "not_example": N_("This is not an example database. Nothing was changed. Choose another name."),
    "newer": N_("This database was made by a newer version. Nothing was changed. Install that version."),
    "damaged": N_("This database is damaged. Nothing was changed. Put back the last backup."),
    "damaged_backup": N_("This backup is damaged. Nothing was changed. Put back an earlier one."),
    "schema_changed": N_("The tables were changed by another program. Put back the last backup."),
    "broken_record": N_("A record in this database breaks the rules. Put back the last backup."),
    "read_only": N_("This file may not be written. Ask for the right to write in this folder."),
    "cannot_open": N_("This file cannot be opened. Check the folder and your rights."),
    "network_disk": N_(
        "This folder is on another computer. There two programs can destroy the database. "
        "Choose a folder on this computer."
    ),
    "full": N_("The disk is full. Nothing was stored. Make room and try again."),
    "io": N_("The disk did not answer. Nothing was stored. Try again, and have the disk checked."),
    "locked": N_("Someone else is writing at this moment. Try again in a few seconds."),
    "same_file": N_("This is the database itself. Choose another file."),
    "target_exists": N_("There is a file with this name already. Choose another name."),
    "backup_exists": N_("There is a backup with this name already. Choose another name, or add --replace."),
    "conflict": N_("Someone else changed this in the meantime. Compare both versions and save again."),
    "wrong_code": N_(
        "This code does not work, or no longer. Check it sign by sign, or ask for a new one. "
        "Your answers are still here."
    ),
    "too_many_codes": N_(
        "Too many wrong codes were tried just now. Try again in a minute. Your answers are still here."
    ),
    "denied": N_(
        "Your role does not allow this. Ask who manages this tracker. The attempt is in the access log."
    ),
    "signed_out": N_("You are no longer signed in. Sign in again; what is stored is safe."),
    "in_use": N_("This is in use, so it cannot be deleted. You can archive it."),
}

DAMAGE = {
    "chain": N_("the history was changed outside the product"),
    "log_chain": N_("the access log was changed outside the product"),
    "integrity": N_("the file is damaged inside"),
    "foreign_key": N_("a record points at something that is not there"),
    "versions": N_("the versions of a record do not follow each other"),
    "history_differs": N_("a record differs from its history"),
    "batch_differs": N_("an import differs from what was stored then"),
    "partner_total": N_("the number of partners was not kept correctly"),
    "tail_cut": N_("the newest entries were cut off"),
    "chain_changed": N_("entries were written anew outside the product"),
    "other_database": N_("the file of heads is of another database"),
    "bad_heads": N_("this line of the file of heads cannot be read"),
    "frozen_facts": N_("the facts of a closed evaluation are gone or were changed"),
}


_TEXTS = DAMAGE | REFUSALS | PROBLEMS


def problem(say: Voice, code: str, field: str = "") -> str:
    """What is wrong and what to do; `field` makes it more exact. An unknown code is named as it is."""
    if code == "too_long" and field:
        most = say.number(longest(field))
        return say("This text is too long. Use at most {most} characters.", most=most)
    text = PROBLEMS_OF_A_FIELD.get((field, code)) or _TEXTS.get(code)
    return say(text) if text else say("This was not accepted (code: {code}).", code=code)
