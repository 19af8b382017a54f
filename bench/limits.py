"""What each figure is to keep: the project's own goals, and where it has none, why we chose it.

Ratios are of ours to the bare baseline in the same run; times in ms, memory in MB, bytes in kB.
"""

# Writing.
CODING = 3.0  # saving a coding and hearing what comes next, to one bare row written
CODING_AT_MANY = 1.2  # the same with 100,000 codings, to none
IMPORT = 1.0  # 100,000 rows with checks and report, to bulk_create of the same
IMPORT_XLSX = 1.0  # the same as a workbook, to calamine and bulk_create
IMPORT_GROWS = 50.0  # MB more than after the first tenth
LOCK = 50.0  # ms that publishing keeps others waiting, whatever the size

# Reading.
SEARCH = 0.1  # the queries of a search, to an unindexed LIKE or ILIKE (95 in 100)
SEARCH_PAGE = 40.0  # ms of the whole page (95 in 100)
COUNTS = 15.0  # ms for theme × engagement × question, at 100,000 and at 1,000,000
GROWTH = 1.5  # a page at 100,000 or 1,000,000 comments, to the same at 4,000
LIST_QUERIES, PAGE_QUERIES = 12, 25
# No page may be heavier than the plan, which is to be 120 kB with all it brings.
PAGE_BYTES = 120.0
# One half more nodes than Chromium's own audit (Lighthouse, 1,400 and more) calls too many is for
# pages with a row for each of some hundred things.
PAGE_NODES = 3_000

# The published plan.
PLAN_RATE = 0.7  # drawn anew, to an honest bare page of the same words
PLAN_QUERIES = 8
# Its charts, its links back to what was said and its words for those who hear it are worth as much
# again as an honest page, and half as much more.
PLAN_NODES = 2.5
VISIT_BYTES, VISIT_REQUESTS, VISIT_SEEN = 120.0, 10, 500.0
PDF = 1.2  # 40 actions, warm, from the database, to WeasyPrint alone on the same HTML
PDF_LONG, PDF_MEMORY = 2.5, 180.0  # 160 actions, to 40; the most MB at any moment

# Over HTTP, on the stack that is shipped.
KEPT = 0.8  # a kept page, to a bare view of the same bytes; also with 20 private writes a second
WRITES = 0.9  # of those twenty, or the figure beside them shows nothing
UNCHANGED = 1.5  # ms for a 304
DOWNLOAD, DOWNLOAD_QUERIES = 2.0, 1  # the stored PDF, to a bare file
WORKER = 125.0  # MB of a web worker that has served every page

# Keeping. A bare copy counts nothing, compares nothing and looks for nobody who serves.
BACKUP = 3.0  # to the database's own copy, encrypted alike
# The bare one is decrypted and moved; ours is compared, counted and kept by the disk first, and the
# release looks for migrations: 4 s for 100 MB on a machine that was busy.
RESTORE = 8.0
BACKUP_GROWS = 50.0  # MB more than before, whatever the size
# A whole project out and in, to Django's own dump and load of the same rows, which check nothing.
TAKEN_OUT, TAKEN_IN = 1.0, 1.0
ARCHIVE_GROWS = 100.0  # MB more than before: the numbers of rows are held, their words are not

# Taking out. The bare one reads one statement and writes CSV: no codes, nothing escaped or packed.
# Chosen from a try on 3,940 comments: to be looked at again once 100,000 were measured.
EXPORT_CSV, EXPORT_XLSX = 6.0, 12.0
EXPORT_GROWS = 50.0  # MB more than after the first tenth
