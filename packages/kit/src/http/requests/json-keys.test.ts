import { repeatedKey } from './json-keys.js'

test.each<[string, string | undefined]>([
  ['{}', undefined],
  ['{"a":1,"b":2}', undefined],
  ['{"a":{"a":1,"a":2},"b":[{"a":1}]}', undefined],
  ['{"a":"a","b":"a"}', undefined],
  ['{"a":"\\"a\\":","b":"\\\\"}', undefined],
  ['{"a":["a","a"]}', undefined],
  ['{"a":1,"a":2}', 'a'],
  ['{ "a" : 1 , \n "\\u0061"\t: 2 }', 'a'],
  ['{"a":"}{","b":"\\\\\\"","a":1}', 'a'],
  ['{"a":{"b":{}},"客户":[],"客户":[]}', '客户'],
  ['{"__proto__":1,"__proto__":2}', '__proto__'],
])('%s', (json, expected) => {
  JSON.parse(json)
  expect(repeatedKey(json)).toBe(expected)
})
