import type { Role } from '@clientele/contracts'
import { Forbidden } from '../errors/errors.js'

/** FORBIDDEN for a field of an input that is hidden from the caller, with the roles that may name it. */
export const refusedField = (path: string, roles: readonly Role[]) => {
  const reason = 'field.hidden'
  const names = roles.join(', ') || 'none'
  return new Forbidden(
    `Your role does not see this field, so it can neither filter, sort nor write by it. Roles that can: ${names}.`,
    {
      reason,
      params: { roles },
      fields: [{ path, reason, params: { roles }, message: `leave it out; roles that can use it: ${names}` }],
    },
  )
}

/** FORBIDDEN for clearing a field that the caller may enter but does not see, with the roles that may clear it. */
export const refusedClearing = (path: string, roles: readonly Role[]) => {
  const reason = 'field.write_only'
  const names = roles.join(', ') || 'none'
  return new Forbidden(
    `Your role may enter this field, but does not see it and so cannot clear it. Roles that can: ${names}.`,
    {
      reason,
      params: { roles },
      fields: [
        { path, reason, params: { roles }, message: `a new value, or leave it out; roles that clear it: ${names}` },
      ],
    },
  )
}
