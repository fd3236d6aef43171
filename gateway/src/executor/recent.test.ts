import { Recent } from './recent.js'

test('what was used last is kept, up to the limit', () => {
  const made: string[] = []
  const recent = new Recent<string, string>(2)
  const get = (key: string) =>
    recent.get(key, () => {
      made.push(key)
      return key.toUpperCase()
    })
  for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) expect(get(key)).toBe(key.toUpperCase())
  expect(made).toEqual(['a', 'b', 'c', 'b'])
})

test('what cannot be made is tried again', () => {
  const recent = new Recent<string, number>(2)
  const failing = () => {
    throw new Error('no')
  }
  expect(() => recent.get('a', failing)).toThrow('no')
  expect(recent.get('a', () => 1)).toBe(1)
})
