"""Wagtail's page editor, as each step of the procedure needs it.

page_editor        restricts Wagtail's page editor to the procedure
writing_help       what an answer can be written from
step_button        its main button while a step is open
answered_page      its buttons once the answer stands
answer_pictures    the pictures of an answer, and the citizen's photo that becomes one
picture_forms      their forms
name_marks         what may be the reporter's name, and the editor's word that it is not
checklist_viewset  the check-list before publishing
"""
