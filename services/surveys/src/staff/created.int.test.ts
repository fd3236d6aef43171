import { randomUUID } from 'node:crypto'
import { startForTest, testCreator } from '@clientele/testkit'
import { surveys } from '../service.js'

testCreator(await startForTest(surveys), {
  role: 'manager',
  mutation: 'createSurvey',
  inputType: 'CreateSurveyInput',
  input: () => ({ key: randomUUID(), title: '满意度 👋' }),
  query: 'survey',
})
