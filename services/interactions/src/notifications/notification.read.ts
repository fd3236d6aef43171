import { connection, key, part, reads, type Special } from '@clientele/query-compiler'
import { staffBy } from '../staff/staff.read.js'

const special: Special = {
  unread: (unread: boolean, notification) => `(${notification}.read_at is null) = ${unread}`,
}

export const notificationReads = [
  reads('Notification', {
    customer: key('customerId'),
    standsInFor: staffBy('stands_in_for_id'),
    subject: part({
      type: (notification) => `${notification}.subject_type`,
      id: (notification) => `${notification}.subject_id`,
    }),
  }),
  reads('Query', { notifications: connection('Notification', { orderBy: [['createdAt', 'desc']], special }) }),
]
