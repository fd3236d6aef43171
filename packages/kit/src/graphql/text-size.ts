import type { TextLimit } from '@clientele/contracts'
import { Directive } from 'type-graphql'

/** So many characters of an answer cost as much as a field. */
export const charactersOfCost = 500

/**
 * Says how much a long text costs, by the most characters that it has: Federation's `@cost`, which gateways count in the stead of 1. A text of
 * up to 500 characters needs none. Whoever writes the text must hold it to the same limit.
 */
export const TextSize = ({ most }: Pick<TextLimit, 'most'>): PropertyDecorator & MethodDecorator =>
  Directive(`@cost(weight: ${Math.ceil(most / charactersOfCost)})`)
