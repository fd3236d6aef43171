import 'reflect-metadata'

import { behind } from './connection.js'

test.each([
  ['one key', [['id', 'asc']], ['x'], [{ id: { $gte: 'x' } }, { $or: [{ id: { $gt: 'x' } }] }]],
  [
    'keys in different directions',
    [
      ['rank', 'desc'],
      ['id', 'asc'],
    ],
    [1, 'x'],
    [{ rank: { $lte: 1 } }, { $or: [{ rank: { $lt: 1 } }, { rank: 1, id: { $gt: 'x' } }] }],
  ],
] as const)('the entries behind a cursor, with a bound for the index: %s', (_, order, cursor, expected) => {
  expect(behind(order, cursor)).toEqual({ $and: expected })
})
