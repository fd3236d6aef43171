import {
  type AutomationAction,
  type AutomationOwner,
  type automationActionRequested,
  staffEntityId,
} from '@clientele/contracts'
import { Conflict, type Made, type Transaction, validationIssues } from '@clientele/kit'
import { allowOwnership, customerForChange } from '../customers/customer.actions.js'
import {
  addTags,
  applyValues,
  type CustomerChange,
  changeOf,
  removeTags,
  saveCustomers,
} from '../customers/customer-changes.js'
import { staffById } from '../directory/staff-look-up.js'
import { checkOwner } from '../owners/owners.js'
import { knownTags } from '../tags/known-tags.js'
import { checkTags, namedTags } from '../tags/tag-assignment.js'
import { nextOfTeam } from './next-of-team.js'

type Request = (typeof automationActionRequested)['example']

/** Does an action on behalf of its author; refuses before it changes anything. */
export const performAction = async (
  mine: Transaction,
  { customerId, turn }: Request,
  action: AutomationAction,
): Promise<Made | null> => {
  const change = changeOf(await customerForChange(mine, { id: customerId }))
  if (action.tag) await giveTags(mine, change, action.tag)
  else if (action.untag) await takeTags(mine, change, action.untag)
  else if (action.assign) await giveOwner(mine, change, { ...action.assign, turn })
  else throw new Conflict('This is no action that profiles does.', { reason: 'automation.other_action' })
  await saveCustomers(mine, [change])
  return { type: 'customer', id: customerId, version: change.customer.version }
}

const giveTags = async (mine: Transaction, change: CustomerChange, names: readonly string[]) => {
  const issues = validationIssues('')
  const tags = checkTags(issues, names, await knownTags(mine, names), change.customer.tagKeys)
  issues.refuse()
  addTags(
    change,
    tags.map((tag) => ({ ...tag, color: null })),
  )
}

const takeTags = async (mine: Transaction, change: CustomerChange, names: readonly string[]) => {
  const tags = namedTags(validationIssues(''), names, await knownTags(mine, names))
  removeTags(
    change,
    tags.map(({ key }) => key),
  )
}

/** The customer must be within the author's access scope afterwards as well, as with a change by hand. */
const giveOwner = async (
  mine: Transaction,
  change: CustomerChange,
  { ownerId: named, teamKey, turn }: AutomationOwner & { turn: number },
) => {
  const wanted = teamKey === undefined ? named : await nextOfTeam(mine, teamKey, turn)
  const issues = validationIssues('')
  const staff = await staffById(mine, wanted === undefined ? [] : [staffEntityId(wanted)])
  const ownerId = checkOwner(issues, 'assign', wanted, { staff, current: change.customer.ownerId })
  issues.refuse()
  const { territory } = change.customer
  allowOwnership(mine, { ownerId: ownerId ?? null, territory: territory ?? null })
  applyValues(change, { ownerId } as never)
}
