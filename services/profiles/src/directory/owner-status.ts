import { allow, arrayParameter, type Context, enumFilter } from '@clientele/kit'
import { type FilterQuery, raw } from '@mikro-orm/core'
import { registerEnumType } from 'type-graphql'
import type { Customer } from '../customers/customer.entity.js'
import { staffPolicy } from './staff.policy.js'

export enum OwnerStatus {
  NONE = 'NONE',
  ACTIVE = 'ACTIVE',
  LEFT = 'LEFT',
  UNKNOWN = 'UNKNOWN',
}
registerEnumType(OwnerStatus, {
  name: 'OwnerStatus',
  description: 'Whether somebody who works here looks after a customer.',
  valuesConfig: {
    NONE: { description: 'Nobody looks after the customer.' },
    ACTIVE: { description: 'Somebody who works here does.' },
    LEFT: { description: 'Their owner has left.' },
    UNKNOWN: { description: '`ownerId` names nobody of the staff.' },
  },
})

export const OwnerStatusFilter = enumFilter(OwnerStatus, 'OwnerStatusFilter')

const status = `case when of.owner_id is null then 'NONE' when owner.id is null then 'UNKNOWN' when owner.active then 'ACTIVE' else 'LEFT' end`

/** The customers whose owners stand so. Throws FORBIDDEN for whom the staff are closed. */
export const withOwnerStatus = (
  { actor }: Pick<Context, 'actor'>,
  { eq, in: any }: { eq?: OwnerStatus | null; in?: OwnerStatus[] | null },
): FilterQuery<Customer> => {
  allow(actor, staffPolicy.read)
  return {
    $and: [...(eq == null ? [] : [[eq]]), ...(any == null ? [] : [any])].map((statuses) => ({
      id: {
        $in: raw(
          `(select of.id from customer of left join staff owner on owner.subject = of.owner_id where ${status} = any(?::text[]))`,
          [arrayParameter(statuses)],
        ),
      },
    })),
  }
}
