"""Many reports into one: copies, claims, happenings, threads, and positions over time.

The functions read records alone and know nothing of language models. Every
result names the records it joins and says why it joins them.
"""
