import { creatorResolvers, keyNamedBy, personResolvers } from '@clientele/kit'
import { reads, row } from '@clientele/query-compiler'
import { Automation, AutomationVersion } from '../automations/automation.entity.js'
import { Segment } from '../segments/segment.entity.js'
import { staff } from './staff.actions.js'
import { Staff } from './staff.ref.js'

/** What somebody created. */
const created = [Segment, Automation]

const persons = { type: Staff, find: keyNamedBy(staff, 'staff', 'sub') }

export const createdResolvers = [
  ...creatorResolvers(persons, created),
  ...personResolvers({ name: 'author', of: 'authorId', who: 'wrote its definition' }, persons, [
    ...[Automation, AutomationVersion],
  ]),
]

const named = (column: string) => row((one) => `select staff.id from staff where staff.sub = ${one}.${column}`)

export const createdReads = [
  reads('Segment', { creator: named('created_by') }),
  reads('Automation', { creator: named('created_by'), author: named('author_id') }),
]
