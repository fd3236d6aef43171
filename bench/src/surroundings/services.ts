import { integrations } from '@clientele/integrations'
import { interactions } from '@clientele/interactions'
import type { Service } from '@clientele/kit'
import { profiles } from '@clientele/profiles'
import { segmentation } from '@clientele/segmentation'
import { surveys } from '@clientele/surveys'

/** The five services of Clientele. */
export const services: readonly Service[] = [profiles, interactions, surveys, segmentation, integrations]
