import { policy } from '@clientele/kit'

/** What somebody is told is theirs alone, whatever their role. Automations tell staff about the customers of their authors. */
export const notificationPolicy = policy('Notification', {
  ownership: { owner: 'recipientId' },
  dataSubject: 'customerId',
  roles: {
    admin: { clearance: 'SENSITIVE', read: 'OWN', mark: 'OWN', notify: 'TENANT' },
    manager: { clearance: 'SENSITIVE', read: 'OWN', mark: 'OWN', notify: 'TERRITORY' },
    sales: { clearance: 'PERSONAL', read: 'OWN', mark: 'OWN' },
    service: { clearance: 'PERSONAL', read: 'OWN', mark: 'OWN' },
    analyst: { clearance: 'PLAIN', read: 'OWN', mark: 'OWN' },
    privacy_officer: { clearance: 'SENSITIVE', read: 'OWN', mark: 'OWN' },
  },
  onBehalf: { automation: ['notify'] },
  opens: { read: ['notifications', 'unreadNotificationCount'], mark: ['markNotificationsRead'], notify: [] },
  fields: {
    Notification: {
      PLAIN: ['kind', 'standsInForId', 'standsInFor', 'customerId', 'customer', 'subject', 'readAt'],
      PERSONAL: ['text'],
    },
    NotificationSubject: { PLAIN: ['type', 'id'] },
    MarkedNotifications: { PLAIN: ['marked'] },
  },
  inputs: { NotificationFilter: 'Notification' },
})
