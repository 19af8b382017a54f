"""What the people of the journey say and write, in English and in Welsh."""

from tests.browser.story.designing import Proposal

SCOPE = (
    "The council and its partners will act on what is agreed here. Bus routes are set elsewhere.",
    "Bydd y cyngor a'i bartneriaid yn gweithredu ar yr hyn a gytunir yma. "
    "Nid yma y pennir llwybrau bysiau.",
)
QUESTIONS = {
    "What we have": ("What is good about Cwm Teg?", "Beth sy'n dda am Gwm Teg?"),
    "What we need": ("What does Cwm Teg need?", "Beth sydd ei angen ar Gwm Teg?"),
    "What should change": ("What should change here?", "Beth ddylai newid yma?"),
}
COUNCIL = ("Cwm Teg Council", "Cyngor Cwm Teg")
YOUTH = ("Cwm Teg Youth", "Ieuenctid Cwm Teg")

# The resident answers in Welsh.
HAVE = "Mae'r llyfrgell yn groesawgar iawn."
CHANGE = "Hoffwn i glwb ieuenctid sydd ar agor gyda'r nos."
CHANGE_IN_ENGLISH = "I would like a youth club that is open in the evenings."
RESIDENT = "Rhiant ifanc"

THINGS_TO_DO = ("Things to do", "Pethau i'w gwneud")
GETTING_ABOUT = ("Getting about", "Mynd o le i le")
ROADS = ("Roads", "Ffyrdd")
PLACES = ("Places to meet", "Mannau cyfarfod")
YOUNG = ("Young people", "Pobl ifanc")
AFTER_SCHOOL = ("After school", "Ar ôl ysgol")
HEARD = {
    "Things to do": (
        "People want somewhere to go in the evenings, most of all when they are young.",
        "Mae pobl eisiau rhywle i fynd gyda'r nos, yn enwedig pan maen nhw'n ifanc.",
    ),
    "Getting about": (
        "People told us the roads into town are too narrow for the traffic on them.",
        "Dywedodd pobl fod y ffyrdd i'r dref yn rhy gul i'r traffig arnyn nhw.",
    ),
}

WORKSHOP = ("Evenings in Cwm Teg", "Nosweithiau yng Nghwm Teg")
NOTE = "The welfare hall stands empty four evenings a week."
CLUB = Proposal(
    title=("Open the youth club four evenings", "Agor y clwb ieuenctid bedair noson"),
    text=(
        "Open the welfare hall as a youth club from Monday to Thursday.",
        "Agor y neuadd les fel clwb ieuenctid o ddydd Llun i ddydd Iau.",
    ),
    when=("Before the summer holidays", "Cyn gwyliau'r haf"),
    lead=COUNCIL[0],
    supporting=YOUTH[0],
)
RINK = Proposal(
    title=("Build a skating rink", "Adeiladu llawr sglefrio"),
    text=("Build a rink beside the park.", "Adeiladu llawr sglefrio wrth y parc."),
    when=("In four years", "Mewn pedair blynedd"),
    lead=COUNCIL[0],
    supporting=YOUTH[0],
    timescale="3 to 5 years",
)
AGREED = (
    "Young people asked for it more than for anything else, and the hall is there.",
    "Gofynnodd pobl ifanc amdano yn fwy na dim arall, ac mae'r neuadd yno.",
)
TURNED_DOWN = (
    "A rink would cost more than everything else together.",
    "Byddai llawr sglefrio yn costio mwy na phopeth arall gyda'i gilydd.",
)
COMMITMENT = (
    "We will pay for two youth workers for three years.",
    "Byddwn yn talu am ddau weithiwr ieuenctid am dair blynedd.",
)
NEWER_TITLE = ("Open the youth club six evenings", "Agor y clwb ieuenctid chwe noson")

SECTIONS = {
    "Foreword": (
        "You told us, and we wrote this together.",
        "Fe ddywedoch chi wrthon ni, ac ysgrifennon ni hyn gyda'n gilydd.",
    ),
    "How we listened": ("We asked three questions.", "Gofynnon ni dri chwestiwn."),
    "How we decided": ("Around one table.", "O amgylch un bwrdd."),
    "Thank you": ("Thank you all.", "Diolch i chi i gyd."),
    "Why “Things to do” matters": (
        "Evenings are long when there is nowhere to go.",
        "Mae nosweithiau'n hir heb unman i fynd.",
    ),
}
PLAN = ("The plan for Cwm Teg", "Cynllun Cwm Teg")
