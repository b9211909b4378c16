"""The admin's home and menus, each role's day, and the bell.

home_panels  my steps, soonest due first
my_steps     a group for each step, and which called agencies have answered
menus        what the menus hold for each role
warnings     what staff are told when nobody would act
guide        each role's day on one page
notices      the bell: what is new, and how the mail comes
"""
