"""Sentences that advise or decide, as a writer might try them, and sentences about facts and the program."""

from __future__ import annotations

REFUSED = """\
The patient should not be treated.
This person must not be dosed today.
Patients with psychosis should avoid ketamine.
Treatment should be postponed.
Clinicians should stop the infusion.
You should stop lithium first.
We recommend waiting two weeks.
Ketamine is not recommended.
It is recommended to wait.
The program recommends against ketamine.
Our recommendation: wait.
She is eligible for esketamine.
Not eligible on these answers.
Ineligible.
Unsuitable for ketamine.
This patient is not suitable.
Suitability: good.
A good candidate for psilocybin.
They qualify for the programme.
This answer disqualifies the client.
It is safe to give ketamine.
Safe for this patient.
Ketamine is unsafe here.
Cleared for treatment.
The client has been cleared.
Medical clearance given.
All clear.
Approve this person.
Approved for treatment.
The patient is approved.
Reject the patient.
The client passed.
The patient fails screening.
Screening passed.
The person failed.
Passed all checks.
Proceed with the dose.
You may proceed.
Do not proceed.
OK to treat.
Good to go.
Low-risk patient.
The patient is high risk.
High-risk patients are seen weekly.
Ketamine is contraindicated in this patient.
The patient is contraindicated.
This person is excluded.
Avoid ketamine.
Avoid giving a dose.
Do not give the dose.
Withhold the dose.
Consider postponing.
Consider an alternative.
Refer the patient to cardiology.
The patient can be treated.
Treatment can go ahead.
Ketamine may be given.
It is advisable to wait.
We advise against treatment.
It would be better not to dose.
Not fit for treatment.
The person ought to wait.
The patient needs to stop sertraline.
Appropriate for ketamine.
The dose must be withheld.
The results look good: green light.
It is ok to go ahead.
OK for dosing.
Go ahead.
She gets the go-ahead.
Not a good fit.
A perfect match for psilocybin.
Well suited to microdosing.
They are medically unfit.
Can be dosed today.
Cannot be treated here.
This person can safely have a session.
Not to be dosed.
A barrier to treatment.
There is no obstacle to dosing.
Nothing speaks against ketamine.
Nothing here stands in the way.
No reason not to treat.
Clear for dosing.
The client is clear to start.
This needs cardiac clearance.
All flags green.
A red flag.
A hard stop for MDMA.
Safe enough.
Stable enough to start.
Blood pressure too high to dose.
Too unwell for the session.
The patient is ready for treatment.
Risky for this patient.
Dangerous to give.
Starting ketamine now is risky.
No contraindications.
There are no known contraindications.
The patient has no contraindications.
No concerns.
There are no safety concerns.
Nothing to worry about.
Low risk.
Low risk for ketamine.
Overall risk: moderate.
Risk level: 2.
The risk is acceptable.
Little risk to the patient.
The benefits outweigh the risks.
Meets criteria.
Does not meet the inclusion criteria.
Fulfils all criteria for treatment.
This rules out ketamine.
Rule the patient out.
Rule out bipolar disorder first.
Would benefit from esketamine.
The patient is likely to respond.
They may not benefit.
Someone who does well on ketamine.
Best option: a clinic.
Ketamine is not an option.
The right choice for her.
Ideal for this client.
The treatment of choice.
Treatment is warranted.
A delay seems justified.
Ketamine is indicated in this patient.
Waiting is reasonable.
Caution is advised.
Use with caution.
Our advice: wait.
The advice is to stop.
We would not treat.
We urge a second look.
Hold the dose.
Put treatment on hold.
Skip the session.
Reduce the dose.
Start ketamine.
Treat the patient.
Give this patient a lower dose.
Continue treatment.
No ketamine for this patient.
No dose until the ECG is seen.
Stop sertraline two weeks before.
Taper the medication.
Wait two weeks.
Wait for the letter before dosing.
Monitor closely.
Monitor blood pressure.
Obtain an ECG.
Ask a cardiologist.
Refer to a psychiatrist.
Seek a second opinion.
Send the patient to hospital.
It makes sense to wait.
It may be wise to wait.
Better off without ketamine.
Best avoided.
They had better wait.
Ketamine requires caution here.
The person is not allowed to start.
She shouldn't drive.
You shouldn't dose.
Accepted for treatment.
Accept this client.
The participant is enrolled.
Turn the client down.
Decline treatment.
Think twice before dosing.
Reconsider the dose.
No further action needed.
This can be ignored.
You must wait.
We suggest waiting.
Not clinically relevant.
Everything is in order.
A deal-breaker.
The dose is fine.
""".splitlines()

PASSED = """\
The value must be a number.
The passphrase must be given twice.
The file must not be larger than 4 MB.
Save failed.
The check failed to run: disk full.
Nothing failed.
The field was cleared.
Do not close the window while it is saving.
It is safe to close the window.
The vault refuses to open: wrong passphrase.
Proceed to the next page?
No suitable font is installed.
The program recommends nothing.
It shows what a clinician should look at.
Items are listed for a clinician to review. The list says nothing about whether treatment takes place.
Not listed on these answers.
The person passes through the airport.
The drug passes into milk.
Passes urine more than eight times a day?
Heart failure
Low blood pressure
Who can be called in an emergency?
Is there someone who can drive you home?
A safe place to be during the session?
The label lists this as a contraindication.
The trial took people below 35.
The label names emergency care at once.
Approved uses (US)
Must be taken with food, says the leaflet.
Considered by the guideline as high.
Systolic pressure above 160.
Dissociation begins within minutes and may last an hour.
Could you be pregnant?
Have you been told to stop a medicine?
Did a screening find raised pressure?
Ketamine was given once, in 2019.
The label lists 8 contraindications.
The EU leaflet names no contraindication of this kind.
A trial took nobody with low weight.
The trial excluded people with a history of mania.
The trial's participants had to be off lithium for 30 days.
The person was excluded from an earlier trial by their own account: is that so?
Have you ever been turned away from a trial?
What did your doctor say about ketamine?
Did somebody advise you about driving?
Have you stopped any medicine in the last month?
When did you stop?
The start of the session.
Who starts the infusion?
The dose of each session, in mg.
Doses so far
First dose
Dose day
No dose yet today.
No treatment before.
Treatment before
Time of the dose
Risk of bleeding
The source speaks of an elevated risk of psychosis.
High blood pressure
A low dose of lithium
Benefit of earlier treatment
What helped, and what did not?
Do you feel well today?
Is the room ready?
Was the person ready to leave?
Fit, or seizure
Had a fit as a child.
Matches
Colour of the tablets
Is there a green or red lamp on the monitor?
Which option comes closest?
Choose an option.
Your choice is kept.
Wait a moment.
Saving before the window closes…
The next try is possible now.
Close again to leave without what is not saved.
Order of the items
In order of themes
A letter from the cardiologist
An ECG of the last three months
Who asked for the urine test?
Discussed with, or referred to, a colleague
More information needed
An answer is needed.
A reference is needed: a pseudonym such as SYN-0042.
Nothing listed on these answers.
Nothing found
The check of the signature failed: the file was changed.
These checks ran and listed nothing.
Criteria
Two criteria of the scale
Reading 2 is low.
The mean is above the figure of the label.
Not known, declined, or to come back to
The patient declined the question.
Answers that do not agree or look mistyped
An answer that can be dated
Can be reached by telephone.
The record can be amended with a reason.
Sign as incomplete…
Approved by the FDA in 2019, the label says; see its text.
A source that states a limit
Caution
Warning
Trial exclusion
The label names a warning about sedation.
The guideline calls for two readings.
The state form asks about lithium within 30 days.
Oregon's rules name active psychosis.
""".splitlines()
