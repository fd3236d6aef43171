import { startForTest, testCreator } from '@clientele/testkit'
import { integrations } from '../service.js'

testCreator(await startForTest(integrations), {
  role: 'admin',
  mutation: 'createWebhookEndpoint',
  inputType: 'CreateWebhookEndpointInput',
  input: () => ({ url: 'https://partner.com/hooks', types: ['*'] }),
  query: 'webhookEndpoint',
})
