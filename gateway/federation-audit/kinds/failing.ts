import { among, ask, type Kind, subgraph } from '../audit.js'

const doors = [{ id: '1' }, { id: '2' }]

/** Fields and entities that fail: each error with the place that the client knows it by. */
export const failing: Kind = {
  name: 'errors and their places',
  subgraphs: [
    subgraph(
      'doors',
      `type Query { door: Door doors: [Door!]! closed: Door broken: String! }
       type Door @key(fields: "id") { id: ID! lock: Lock } type Lock { code: String keys: [String] }`,
      {
        Query: {
          door: () => ({ id: '1', lock: {} }),
          doors: () => doors,
          closed: () => {
            throw new Error('closed')
          },
          broken: () => {
            throw new Error('broken')
          },
        },
        Lock: {
          code: () => {
            throw new Error('secret')
          },
          keys: () => ['k', new Error('no key')],
        },
      },
    ),
    subgraph(
      'bells',
      'type Door @key(fields: "id") { id: ID! bell: Bell sound: String! } type Bell { tone: String loud: Int }',
      {
        Door: {
          __resolveReference: among(doors),
          bell: () => ({}),
          sound: ({ id }: { id: string }) => {
            if (id === '2') throw new Error('mute')
            return '叮'
          },
        },
        Bell: {
          tone: () => {
            throw new Error('no tone')
          },
          loud: () => 3,
        },
      },
    ),
  ],
  cases: [
    ask(
      'at the root',
      '{ closed { id } door { id } }',
      { closed: null, door: { id: '1' } },
      { errors: ['INTERNAL closed'] },
    ),
    ask('at the root, promised', '{ broken door { id } }', null, { errors: ['INTERNAL broken'] }),
    ask(
      'within an object, under another name',
      '{ d: door { l: lock { c: code } } }',
      { d: { l: { c: null } } },
      { errors: ['INTERNAL d.l.c'] },
    ),
    ask(
      'an entry of a list',
      '{ door { lock { keys } } }',
      { door: { lock: { keys: ['k', null] } } },
      { errors: ['INTERNAL door.lock.keys.1'] },
    ),
    ask(
      'within entities',
      '{ doors { id b: bell { t: tone loud } } }',
      {
        doors: [
          { id: '1', b: { t: null, loud: 3 } },
          { id: '2', b: { t: null, loud: 3 } },
        ],
      },
      { errors: ['INTERNAL doors.0.b.t', 'INTERNAL doors.1.b.t'] },
    ),
    ask('an entity that cannot be without', '{ doors { sound } }', null, { errors: ['INTERNAL doors.1.sound'] }),
  ],
}
