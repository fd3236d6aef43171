import { policy } from '../policy/policy.js'
import { dataSubjects } from './data-subject.js'

const roles = {}
const opens = {}
const dataSubjectOf = dataSubjects([
  policy('Person', { dataSubject: 'id', roles, opens, fields: { Person: {}, PersonDetails: {} } }),
  policy('Letter', {
    ownership: { parent: { key: 'personId', table: 'person' } },
    roles,
    opens,
    fields: { Letter: {} },
  }),
  policy('Stamp', { roles, opens, fields: { Stamp: {} } }),
])

test.each([
  ['the data subject itself', 'Person', { id: 'p', personId: 'x' }, 'p'],
  ['a type beside it', 'PersonDetails', { id: 'p' }, 'p'],
  ['what has it as its parent', 'Letter', { id: 'l', personId: 'p' }, 'p'],
  ['what does not tell', 'Letter', { id: 'l' }, undefined],
  ['what is about nobody', 'Stamp', { id: 's', personId: 'p' }, undefined],
  ['an event of another concept', 'LetterSent', { id: 'e', personId: 'p' }, 'p'],
  ['an event of another concept that does not tell', 'LetterSent', { id: 'e' }, undefined],
  ['what is no id', 'Letter', { personId: 7 }, undefined],
])('%s', (_, type, values, id) => {
  expect(dataSubjectOf(type, values)).toBe(id)
})
