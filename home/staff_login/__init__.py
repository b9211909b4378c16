"""The staff's way in: password, second factor, single sign-on, and a session that ends.

limits          how many wrong passwords, codes and mails an hour has, counted exactly
forms           Wagtail's log-in and password reset, throttled
sessions        a session ends after an hour without a request
requirement     who needs a second factor, who has one, who has shown it
middleware      nobody gets anywhere between password and second factor
codes           a code is checked, counted, and works once
factor_forms    forms for codes, passkeys, and the password asked once more
factor_log      what happens to factors and links, in Wagtail's log
factor_mail     the mail that tells the person of it
adapters        what allauth may do here, and what it may not
stages          when the second factor is asked for
views, urls     the pages
single_sign_on  how a provider's answer is verified, and whose account it opens

The rows and the rules of the factors are django-allauth's; ADR 15 says which of its doors are open.
"""
