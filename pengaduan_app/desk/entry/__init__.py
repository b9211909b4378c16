"""Complaints that staff enter for somebody: telephone, letter, counter, social media.

entering          enters what came by telephone, letter, counter or social media
entering_form     what is asked then
entering_receipt  what is printed then
"""
