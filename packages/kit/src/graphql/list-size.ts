import type { ListLimit } from '@clientele/contracts'
import { Directive } from 'type-graphql'

/**
 * Says how long a list without pages can be: Federation's `@listSize`, by which gateways count the cost of what is below. Whoever writes
 * the list must hold it to the same limit.
 */
export const ListSize = ({ most }: Pick<ListLimit, 'most'>): PropertyDecorator & MethodDecorator =>
  Directive(`@listSize(assumedSize: ${most})`)
