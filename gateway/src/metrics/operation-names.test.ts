import { createOperationNames, otherOperations } from './operation-names.js'

const trusted = (document: string) => document.startsWith('trusted')

test.each([
  ['one that is named', 'free', 'Customer360', 'Customer360'],
  ['one of a trusted document', 'trusted', 'Agenda', 'Agenda'],
  ['one that a client has made up', 'free', 'ZhangWei13800138000', otherOperations],
  ['none', 'trusted', undefined, otherOperations],
])('%s', (_, document, name, told) => {
  expect(createOperationNames(['Customer360'], trusted)(document, name)).toBe(told)
})

test('there are 200 names at most, however many trusted documents there are', () => {
  const nameOf = createOperationNames(['Customer360'], trusted)
  const told = new Set(Array.from({ length: 1_000 }, (_, at) => nameOf('trusted', `Operation${at}`)))
  expect(told.size).toBe(200)
  expect(nameOf('trusted', 'Operation0')).toBe('Operation0')
  expect(nameOf('trusted', 'Operation999')).toBe(otherOperations)
  expect(nameOf('free', 'Customer360')).toBe('Customer360')
})
