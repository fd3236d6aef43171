import { isSampled, readTraceparent, traceparentIn, traceparentOf } from './traceparent.js'

const trace = '0af7651916cd43dd8448eb211c80319c'
const span = 'b7ad6b7169203331'
const good = `00-${trace}-${span}-01`

test.each([
  ['recorded', good, true],
  ['not recorded', `00-${trace}-${span}-00`, false],
  ['of a later version, with more in it', `cc-${trace}-${span}-03-what`, true],
])('one that is %s is read', (_, text, sampled) => {
  const read = readTraceparent(text)!
  expect(read).toMatchObject({ traceId: trace, spanId: span, isRemote: true })
  expect(isSampled(read)).toBe(sampled)
  expect(traceparentOf(read)).toBe(`00-${trace}-${span}-0${sampled ? 1 : 0}`)
})

test.each([
  undefined,
  '',
  'x',
  `ff-${trace}-${span}-01`,
  `00-${'0'.repeat(32)}-${span}-01`,
  `00-${trace}-${'0'.repeat(16)}-01`,
  `00-${trace.toUpperCase()}-${span}-01`,
  `00-${trace}-${span}-0`,
  `${good}${good}`,
  '张伟',
])('%j is none', (text) => {
  expect(readTraceparent(text)).toBeUndefined()
})

test('that of an event is found in its text, where it has one', () => {
  const event = { specversion: '1.0', traceparent: good, data: { id: 'x', note: '"traceparent":"00"' } }
  expect(traceparentIn(JSON.stringify(event))).toBe(good)
  expect(traceparentIn(JSON.stringify({ ...event, traceparent: undefined }))).toBeUndefined()
})
