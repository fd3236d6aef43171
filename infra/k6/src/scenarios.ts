import { actions } from './actions.js'
import { usualLimits } from './limits.js'
import type { Action, Role, Scenario, Share } from './scenario.js'

const share = (role: Role, action: Action, weight: number): Share => ({ role, action, weight })

const usual = { thinkSeconds: 0, limits: usualLimits }

/** Every scenario. The rates suit a machine of two processors that runs the platform and the load generator. */
export const scenarios: readonly Scenario[] = [
  {
    ...usual,
    name: 'customer-360',
    summary: 'everything about one customer',
    shares: [share('manager', actions.openCustomer, 1)],
    perSecond: 60,
  },
  {
    ...usual,
    name: 'customer-list',
    summary: 'pages of 100 customers with fields of three other services each',
    shares: [share('manager', actions.listWithEverything, 1)],
    perSecond: 10,
  },
  {
    ...usual,
    name: 'customer-search',
    summary: 'customers whose name contains a word',
    shares: [share('manager', actions.searchCustomers, 1)],
    perSecond: 30,
  },
  {
    ...usual,
    name: 'mutations',
    summary: 'customers, contacts, tasks, visits, complaints and purchases are written',
    shares: [
      share('manager', actions.updateCustomer, 6),
      share('sales', actions.recordContact, 6),
      share('manager', actions.doTask, 4),
      share('sales', actions.createCustomer, 2),
      share('sales', actions.planVisit, 2),
      share('service', actions.receiveComplaint, 1),
      share('manager', actions.recordPurchase, 2),
    ],
    perSecond: 15,
  },
  {
    ...usual,
    name: 'import-beside-reading',
    summary: 'reads alone, then reads while a file of customers is imported',
    shares: [
      share('manager', actions.openCustomer, 6),
      share('manager', actions.searchCustomers, 3),
      share('manager', actions.listCustomers, 1),
    ],
    perSecond: 20,
    beside: { what: 'import', p95: 2 },
  },
  {
    ...usual,
    name: 'mixed-day',
    summary: 'what sales, service, managers and analysts do in a day, each as often as they do',
    shares: [
      share('sales', actions.seeAgenda, 10),
      share('sales', actions.searchCustomers, 10),
      share('sales', actions.openCustomer, 20),
      share('sales', actions.recordContact, 6),
      share('sales', actions.doTask, 4),
      share('sales', actions.planVisit, 2),
      share('sales', actions.updateCustomer, 2),
      share('sales', actions.createCustomer, 1),
      share('service', actions.searchCustomers, 8),
      share('service', actions.openCustomer, 10),
      share('service', actions.listComplaints, 4),
      share('service', actions.recordContact, 4),
      share('service', actions.receiveComplaint, 1),
      share('manager', actions.listCustomers, 3),
      share('manager', actions.openCustomer, 6),
      share('manager', actions.listTasks, 4),
      share('manager', actions.recordPurchase, 3),
      share('analyst', actions.listCustomers, 1),
      share('analyst', actions.listWithEverything, 1),
    ],
    perSecond: 25,
    thinkSeconds: 1,
  },
]

/** Throws with the names that there are. */
export const scenarioNamed = (name: string): Scenario => {
  const found = scenarios.find((scenario) => scenario.name === name)
  if (found) return found
  throw new Error(`There is no scenario "${name}". There is: ${scenarios.map((each) => each.name).join(', ')}.`)
}
