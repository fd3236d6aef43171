import { policy } from '@clientele/kit'

/** What somebody is told is theirs alone, whatever their role. */
export const notificationPolicy = policy('Notification', {
  ownership: { owner: 'recipientId' },
  dataSubject: 'customerId',
  roles: {
    admin: { clearance: 'SENSITIVE', read: 'OWN', mark: 'OWN' },
    manager: { clearance: 'SENSITIVE', read: 'OWN', mark: 'OWN' },
    sales: { clearance: 'PERSONAL', read: 'OWN', mark: 'OWN' },
    service: { clearance: 'PERSONAL', read: 'OWN', mark: 'OWN' },
    analyst: { clearance: 'PLAIN', read: 'OWN', mark: 'OWN' },
    privacy_officer: { clearance: 'SENSITIVE', read: 'OWN', mark: 'OWN' },
  },
  opens: { read: ['notifications', 'unreadNotificationCount'], mark: ['markNotificationsRead'] },
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
