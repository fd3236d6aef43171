import { randomUUID } from 'node:crypto'
import { startForTest, testCreator } from '@clientele/testkit'
import { segmentation } from '../service.js'

testCreator(await startForTest(segmentation), {
  role: 'manager',
  mutation: 'createSegment',
  inputType: 'CreateSegmentInput',
  input: () => ({ key: randomUUID(), name: '重点', kind: 'STATIC' }),
  query: 'segment',
})
