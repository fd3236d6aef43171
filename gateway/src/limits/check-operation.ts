import { Forbidden, Invalid, Unauthenticated } from '@clientele/kit'
import type { RequestParameters } from '../http/request-parameters.js'
import type { Caller } from './caller.js'
import type { Inspected } from './limits.js'
import { isPermitted, type Permitted } from './role-table.js'

/** Refuses an operation that is not served here, or not to this caller. */
export function checkOperation(
  inspected: Inspected,
  parameters: RequestParameters,
  caller: Caller,
  mayIntrospect: Permitted,
): void {
  const { operation, name, introspects, conditions } = inspected
  const { operationName, variables } = parameters
  if (typeof operationName === 'string' && operationName !== name) {
    throw new Invalid('The document has no operation of the name in "operationName".', { reason: 'operation.unknown' })
  }
  if (operation === 'subscription') {
    throw new Invalid('Subscriptions are not served here; send a query or a mutation.', {
      reason: 'operation.subscription',
    })
  }
  // Allowed by the types when the variable has a default, but the planner fails on it.
  const empty = conditions.find((condition) => Object(variables)[condition] === null)
  if (empty !== undefined) {
    const message = `Variable "$${empty}" decides on @skip or @include and must not be null.`
    throw new Invalid(message, { reason: 'variables.invalid', params: { at: `$${empty}` } })
  }
  if (introspects) checkIntrospection(caller, mayIntrospect)
}

function checkIntrospection({ known, roles }: Caller, mayIntrospect: Permitted): void {
  if (!known) throw new Unauthenticated('Reading the schema needs a bearer token.', { reason: 'token.missing' })
  if (isPermitted(mayIntrospect, roles)) return
  throw new Forbidden('Reading the schema is off here; it is published as a file, supergraph.graphql.', {
    reason: 'introspection.off',
  })
}
