import type { TestActor } from '@clientele/testkit'
import type { Fault } from './faults.js'
import type { Known } from './known.js'

/** A request that both stacks have to answer alike: the cases that generators meet too seldom, and every one that was found to differ. */
interface Case {
  what: string
  query: string
  variables?: (known: Known, foreign: Known) => Record<string, unknown>
  actor?: Omit<TestActor, 'tenant'>
  fault?: Fault
  /** It is not even begun with. */
  isRefused?: true
}

const one = (known: Known) => ({ id: known.Customer![0] })
const sales = { roles: ['sales'], subject: 'nobody', territories: ['emea/de'] }

export const sameAnswers: readonly Case[] = [
  {
    what: 'one list selected twice, in two fragments, with the same arguments',
    query: `query ($id: ID!) { customer(id: $id) { ...A ...B visits(first: 2) { totalCount } } }
      fragment A on Customer { visits(first: 2) { nodes { id } } } fragment B on Customer { visits(first: 2) { nodes { purpose id status } } }`,
    variables: one,
  },
  {
    what: 'one list under two aliases with other arguments',
    query: `query ($id: ID!, $n: Int! = 1) { customer(id: $id) { a: visits(first: $n) { nodes { id } } b: visits(first: 3) { nodes { id } } } }`,
    variables: one,
  },
  {
    what: 'an interface with a fragment for each type and the same key of different fields',
    query: `query ($id: ID!) { customer(id: $id) { timeline(first: 20) { nodes { __typename id occurredAt
      ... on Visit { text: purpose } ... on Complaint { text: description number } ... on Contact { subject } } } } }`,
    variables: one,
  },
  {
    what: 'customers that are there, that are unknown, of another tenant and twice',
    query: `query ($ids: [ID!]!) { customersById(ids: $ids) { id complaints(first: 1) { nodes { id customer { id number } } } rfm { r } } }`,
    variables: (known, foreign) => ({
      ids: [known.Customer![0], '01890000-0000-7000-8000-000000000000', foreign.Customer![0], known.Customer![0]],
    }),
  },
  { what: 'an id that is none', query: 'query ($id: ID!) { customer(id: $id) { id } }', variables: () => ({ id: '' }) },
  {
    what: 'addresses as their countries write them, which one of two roles may see',
    query:
      '{ customers(first: 50) { nodes { number redactedFields addresses { formatted lines again: formatted } } } }',
    actor: { roles: ['sales', 'analyst'], subject: 'nobody', territories: ['emea'] },
  },
  {
    what: 'an id as a number, of another tenant, and beside what is found',
    query:
      'query ($id: ID!, $own: ID!) { a: customer(id: 7) { id } b: customer(id: $id) { id } c: customer(id: $own) { id } }',
    variables: (known, foreign) => ({ id: foreign.Customer![0], own: known.Customer![0] }),
  },
  {
    what: 'everything left out by conditions',
    query: `query ($id: ID!, $no: Boolean = false) { customer(id: $id) { visits(first: 1) @include(if: $no) { nodes { id } }
      ... @skip(if: true) { complaints { nodes { id } } } } }`,
    variables: one,
  },
  {
    what: 'no nodes at all, and all there are',
    query:
      '{ none: visits(first: 0) { totalCount nodes { id } pageInfo { hasNextPage endCursor } } all: visits(first: 100) { edges { cursor } } }',
  },
  ...['-1', '101'].map((first) => ({
    what: `a page of ${first}`,
    query: `{ visits(first: ${first}) { nodes { id } } }`,
    isRefused: true as const,
  })),
  ...['', 'x', 'WyJpZDphc2MiLCJ4Il0'].map((after) => ({
    what: `a list behind the cursor "${after}"`,
    query: 'query ($after: String) { visits(first: 1, after: $after) { nodes { id } } tags { key } }',
    variables: () => ({ after }),
  })),
  {
    what: 'what is hidden from an analyst, and a filter by it',
    query: `query ($id: ID!) { customer(id: $id) { displayName redactedFields person { familyName birthDate } contactPoints { value } }
      visits(filter: { purpose: { contains: "e" } }) { totalCount } }`,
    variables: one,
    actor: { roles: ['analyst'] },
  },
  {
    what: 'sensitive values for who sees them',
    query:
      'query ($id: ID!) { customer(id: $id) { displayName redactedFields person { familyName birthDate identityNumber } } }',
    variables: one,
    actor: { roles: ['privacy_officer'] },
  },
  {
    what: 'a list within a territory, with entities of all services',
    query: `{ customers(first: 10) { totalCount nodes { id number visits(first: 2) { totalCount } rfm { f } segments { key segment { id name } }
      satisfaction { nps } externalRefs { id } purchases(first: 1) { nodes { total { amount currency } } } } } }`,
    actor: sales,
  },
  {
    what: 'a customer outside an access scope',
    query: 'query ($id: ID!) { customer(id: $id) { id visits { totalCount } } }',
    variables: one,
    actor: { ...sales, territories: [] },
  },
  {
    what: 'complaints that repeat others, which are out of scope',
    query: '{ complaints(first: 50) { totalCount nodes { id status duplicateOf { id description } } } }',
    actor: { ...sales, territories: ['emea/uk'] },
  },
  {
    what: 'a role that none has, and none',
    query: '{ customers { totalCount } visits { totalCount } surveys { totalCount } }',
    actor: { roles: ['emperor'] },
  },
  { what: 'a field that there is none of', query: '{ customers { nodes { id shoeSize } } }', isRefused: true },
  { what: 'a variable that is not given', query: 'query ($id: ID!) { customer(id: $id) { id } }', isRefused: true },
  ...(
    [
      'refuses',
      'breaks',
      'throws',
      'says nothing',
      'answers something else',
      'loses an entry',
      'loses a value',
    ] as const
  ).map((failure) => ({
    what: `a list for which interactions, asked for entities, ${failure}`,
    query:
      '{ customers(first: 4) { nodes { id number visits(first: 1) { nodes { id } } timeline(first: 1) { totalCount } rfm { r } } } }',
    fault: { service: 'interactions', failure, asked: 'entities' } as const,
  })),
  ...(['refuses', 'loses a value', 'answers something else'] as const).map((failure) => ({
    what: `a customer whose own service ${failure}`,
    query: 'query ($id: ID!) { customer(id: $id) { number visits(first: 1) { nodes { id } } rfm { r } } tags { key } }',
    variables: one,
    fault: { service: 'profiles', failure, asked: 'root fields' } as const,
  })),
]
