import type { Operation } from './documents.js'
import { type Draw, pick } from './draw.js'
import type { Action, Moment } from './scenario.js'

const families = ['Abel', 'Berg', 'Costa', 'Dubois', 'Eriksen', '王', '李', 'Haddad', 'Ivanov']
const given = ['Anna', 'Bo', 'Carla', 'Dmitri', 'Élodie', 'Farid', '晓雨', 'Hana']

const hours = (now: Date, count: number) => new Date(now.getTime() + count * 3_600_000).toISOString()

const anyCustomer = ({ draw, known }: Moment) => pick(draw, known.customers).id

/** A word of a name that is there, of at least two characters, as a person types it to find somebody. */
const anyWord = ({ draw, known }: Moment) => {
  const words = (pick(draw, known.customers).displayName ?? '').split(' ').filter((word) => word.length > 1)
  return words.length ? pick(draw, words) : pick(draw, families)
}

/** To whom work is given: the caller where nobody is known of the staff. */
const anybody = ({ draw, known }: Moment) => (known.staff.length ? { assigneeId: pick(draw, known.staff) } : {})

const newName = (draw: Draw) => ({ familyName: pick(draw, families), givenName: pick(draw, given) })

const action = (name: string, operation: Operation, variables: (moment: Moment) => object = () => ({})): Action => ({
  name,
  steps: [{ operation, variables }],
})

const writing = (name: string, operation: Operation, input: (moment: Moment) => object): Action =>
  action(name, operation, (moment) => ({ input: input(moment) }))

/** Everything that people do in scenarios. */
export const actions = {
  openCustomer: action('open a customer', 'Customer360', (moment) => ({ id: anyCustomer(moment) })),
  listCustomers: action('list customers', 'Customers', ({ draw }) => ({
    filter: { kind: { eq: pick(draw, ['PERSON', 'ORGANIZATION']) } },
  })),
  listWithEverything: action('list 100 customers with what other services know', 'CustomerList', ({ draw, known }) => ({
    after: pick(draw, known.cursors),
  })),
  searchCustomers: action('search customers', 'CustomerSearch', (moment) => ({ text: anyWord(moment) })),
  seeAgenda: action('see the agenda', 'MyAgenda'),
  listTasks: action('list open tasks', 'OpenTasks'),
  listComplaints: action('list open complaints', 'OpenComplaints'),
  createCustomer: writing('create a customer', 'CreateCustomer', ({ draw }) => ({
    kind: 'PERSON',
    person: newName(draw),
    contactPoints: [{ kind: 'EMAIL', value: `load.${draw(1_000_000_000)}@example.org` }],
    source: 'load',
  })),
  updateCustomer: writing('update a customer', 'UpdateCustomer', (moment) => ({
    id: anyCustomer(moment),
    displayName: `${pick(moment.draw, given)} ${pick(moment.draw, families)} ${moment.draw(1_000_000)}`,
  })),
  recordContact: writing('record a contact', 'RecordContact', (moment) => ({
    customerId: anyCustomer(moment),
    kind: pick(moment.draw, ['CALL', 'MAIL', 'CHAT', 'NOTE']),
    direction: 'INBOUND',
    subject: `About order ${moment.draw(1_000_000)}`,
  })),
  doTask: {
    name: 'create a task and complete it',
    steps: [
      {
        operation: 'CreateTask',
        variables: (moment) => ({
          input: {
            customerId: anyCustomer(moment),
            kind: 'call.back',
            title: `Call about order ${moment.draw(1_000_000)}`,
            ...anybody(moment),
            dueAt: hours(moment.now, 24 + moment.draw(72)),
          },
        }),
      },
      {
        operation: 'CompleteTask',
        variables: ({ answers: [created] }) => {
          const task = created?.data?.createTask as { id: string } | undefined
          return { input: { id: task?.id, outcome: 'customer.reached' } }
        },
      },
    ],
  } satisfies Action,
  planVisit: writing('plan a visit', 'PlanVisit', (moment) => {
    const begin = 24 + moment.draw(480)
    return {
      customerId: anyCustomer(moment),
      mode: pick(moment.draw, ['ONSITE', 'PHONE', 'VIDEO']),
      purpose: 'Talk about the delivery',
      ...anybody(moment),
      plannedStart: hours(moment.now, begin),
      plannedEnd: hours(moment.now, begin + 1),
    }
  }),
  receiveComplaint: writing('receive a complaint', 'ReceiveComplaint', (moment) => ({
    customerId: anyCustomer(moment),
    channel: pick(moment.draw, ['phone', 'email', 'web']),
    category: pick(moment.draw, ['delivery', 'quality', 'billing']),
    severity: pick(moment.draw, ['LOW', 'MEDIUM', 'HIGH']),
    description: `Something went wrong with order ${moment.draw(1_000_000)}.`,
  })),
  recordPurchase: writing('record a purchase', 'RecordPurchase', (moment) => ({
    customerId: anyCustomer(moment),
    orderedAt: hours(moment.now, -1 - moment.draw(48)),
    channel: pick(moment.draw, ['shop', 'web', 'phone']),
    currency: 'EUR',
    lines: [{ sku: `SKU-${moment.draw(500)}`, quantity: '2', unitPrice: `${5 + moment.draw(500)}.50` }],
  })),
}
