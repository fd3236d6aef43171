import { policy } from '@clientele/kit'

/** Who did and saw what is for those who answer for it. */
export const auditPolicy = policy('AuditEntry', {
  roles: {
    admin: { clearance: 'SENSITIVE', read: 'TENANT' },
    privacy_officer: { clearance: 'SENSITIVE', read: 'TENANT' },
  },
  opens: { read: ['auditLog'] },
  fields: {
    AuditEntry: {
      PLAIN: [
        'service',
        'at',
        'outcome',
        'subject',
        'client',
        'roles',
        'action',
        'entityType',
        'entityId',
        'entityVersion',
        'customerId',
        'fields',
        'reason',
        'purpose',
        'address',
        'requestId',
        'traceparent',
        'changeOrigin',
        'causationId',
        'onBehalfOf',
        'onBehalfKind',
        'onBehalfId',
        'number',
      ],
    },
  },
})
