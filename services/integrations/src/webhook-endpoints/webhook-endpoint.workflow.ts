import { workflow } from '@clientele/kit'

/** ACTIVE and FAILING follow from how deliveries go; DISABLED is left by hand only. */
export const webhookEndpointWorkflow = workflow('webhook_endpoint', {
  ACTIVE: ['FAILING', 'DISABLED'],
  FAILING: ['ACTIVE', 'DISABLED'],
  DISABLED: ['ACTIVE'],
})
