import { policy } from '@clientele/kit'

/** Whoever has visits and tasks may have them in their calendar; admins end links of others, such as of a telephone that was lost. */
export const calendarFeedPolicy = policy('CalendarFeed', {
  ownership: { owner: 'subject' },
  roles: {
    admin: { clearance: 'SENSITIVE', read: 'TENANT', create: 'TENANT', remove: 'TENANT' },
    manager: { clearance: 'SENSITIVE', read: 'OWN', create: 'OWN', remove: 'OWN' },
    sales: { clearance: 'PERSONAL', read: 'OWN', create: 'OWN', remove: 'OWN' },
    service: { clearance: 'PERSONAL', read: 'OWN', create: 'OWN', remove: 'OWN' },
    analyst: { clearance: 'PLAIN', read: 'OWN', create: 'OWN', remove: 'OWN' },
    privacy_officer: { clearance: 'SENSITIVE', read: 'OWN', create: 'OWN', remove: 'OWN' },
  },
  opens: { read: ['calendarFeed'], create: ['createCalendarFeed'], remove: ['removeCalendarFeed'] },
  fields: { CalendarFeed: { PLAIN: ['subject', 'readAt', 'url'] } },
  inputs: { RemoveCalendarFeedInput: 'CalendarFeed' },
})
