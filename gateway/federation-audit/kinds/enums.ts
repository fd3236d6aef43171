import { among, ask, type Kind, subgraph } from '../audit.js'

/** Enums that differ between subgraphs: all values in answers, the common ones in arguments. */
export const enums: Kind = {
  name: 'enums',
  subgraphs: [
    subgraph(
      'cats',
      `type Query { cat(mood: Mood): Cat! states: [State!]! level(level: Level): Level }
       enum Mood { HAPPY SLEEPY } enum State { AWAKE ASLEEP } enum Level { LOW HIGH }
       type Cat @key(fields: "id") { id: ID! state: State }`,
      {
        Query: {
          cat: (_: unknown, { mood }: { mood?: string }) => ({ id: mood ?? 'none', state: 'AWAKE' }),
          states: () => ['AWAKE', 'ASLEEP'],
          level: (_: unknown, { level }: { level?: string }) => level,
        },
      },
    ),
    subgraph(
      'health',
      `type Query { health(mood: Mood!): [Mood!] } enum Mood { HAPPY SLEEPY } enum State { AWAKE SICK } enum Level { LOW HIGH }
       type Cat @key(fields: "id") { id: ID! health: State levels(of: [Level!] = [LOW]): [Level] }`,
      {
        Query: { health: (_: unknown, { mood }: { mood: string }) => [mood] },
        Cat: {
          __resolveReference: among([
            { id: 'HAPPY', health: 'AWAKE' },
            { id: 'SLEEPY', health: 'SICK' },
          ]),
          levels: (_: unknown, { of }: { of: string[] }) => [...of, null],
        },
      },
    ),
  ],
  cases: [
    ask('values of both subgraphs', '{ cat(mood: SLEEPY) { state health } }', {
      cat: { state: 'AWAKE', health: 'SICK' },
    }),
    ask('a list of values', '{ states }', { states: ['AWAKE', 'ASLEEP'] }),
    ask(
      'a value by a variable',
      'query ($m: Mood!) { cat(mood: $m) { id } health(mood: $m) }',
      { cat: { id: 'HAPPY' }, health: ['HAPPY'] },
      { variables: { m: 'HAPPY' } },
    ),
    ask('a default in the operation', 'query ($m: Mood = SLEEPY) { cat(mood: $m) { id } }', { cat: { id: 'SLEEPY' } }),
    ask(
      'lists of values, a variable inside a literal',
      'query ($l: Level!) { cat(mood: HAPPY) { levels(of: [HIGH, $l]) } }',
      { cat: { levels: ['HIGH', 'LOW', null] } },
      { variables: { l: 'LOW' } },
    ),
    ask('a default of the subgraph', '{ cat(mood: HAPPY) { levels } }', { cat: { levels: ['LOW', null] } }),
    ask('null for a value', '{ level(level: null) cat { id } }', { level: null, cat: { id: 'none' } }),
    ask('a value that is none', 'query ($m: Mood!) { health(mood: $m) }', null, {
      variables: { m: 'happy' },
      errors: ['INVALID'],
    }),
  ],
}
