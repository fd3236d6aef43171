import type { Labels } from '@clientele/conditions'
import type { AgeBand, Gender, Industry, SizeBand } from '@clientele/contracts'

export const ageBands: Record<AgeBand, Labels> = {
  UNDER_18: { en: 'under 18', zh: '18 岁以下' },
  FROM_18_TO_24: { en: '18 to 24', zh: '18 至 24 岁' },
  FROM_25_TO_34: { en: '25 to 34', zh: '25 至 34 岁' },
  FROM_35_TO_44: { en: '35 to 44', zh: '35 至 44 岁' },
  FROM_45_TO_54: { en: '45 to 54', zh: '45 至 54 岁' },
  FROM_55_TO_64: { en: '55 to 64', zh: '55 至 64 岁' },
  FROM_65: { en: '65 and older', zh: '65 岁及以上' },
}

export const genders: Record<Gender, Labels> = {
  FEMALE: { en: 'female', zh: '女' },
  MALE: { en: 'male', zh: '男' },
  OTHER: { en: 'other', zh: '其他' },
}

export const sizeBands: Record<SizeBand, Labels> = {
  FROM_1_TO_9: { en: '1 to 9 people', zh: '1 至 9 人' },
  FROM_10_TO_49: { en: '10 to 49 people', zh: '10 至 49 人' },
  FROM_50_TO_249: { en: '50 to 249 people', zh: '50 至 249 人' },
  FROM_250: { en: '250 people and more', zh: '250 人及以上' },
}

export const industries: Record<Industry, Labels> = {
  AGRICULTURE: { en: 'agriculture', zh: '农林牧渔业' },
  MINING: { en: 'mining', zh: '采矿业' },
  MANUFACTURING: { en: 'manufacturing', zh: '制造业' },
  ENERGY: { en: 'energy', zh: '电力、热力、燃气供应业' },
  WATER_AND_WASTE: { en: 'water and waste', zh: '供水与废物处理业' },
  CONSTRUCTION: { en: 'construction', zh: '建筑业' },
  TRADE: { en: 'trade', zh: '批发和零售业' },
  TRANSPORT: { en: 'transport', zh: '运输和仓储业' },
  HOSPITALITY: { en: 'hospitality', zh: '住宿和餐饮业' },
  INFORMATION: { en: 'information and communication', zh: '信息和通信业' },
  FINANCE: { en: 'finance', zh: '金融和保险业' },
  REAL_ESTATE: { en: 'real estate', zh: '房地产业' },
  PROFESSIONAL_SERVICES: { en: 'professional services', zh: '专业、科学和技术服务业' },
  SUPPORT_SERVICES: { en: 'support services', zh: '行政和辅助服务业' },
  PUBLIC_ADMINISTRATION: { en: 'public administration', zh: '公共管理' },
  EDUCATION: { en: 'education', zh: '教育' },
  HEALTH: { en: 'health', zh: '卫生和社会工作' },
  ARTS: { en: 'arts', zh: '文化、体育和娱乐业' },
  OTHER_SERVICES: { en: 'other services', zh: '其他服务业' },
  HOUSEHOLDS: { en: 'households', zh: '家庭雇主' },
  INTERNATIONAL_BODIES: { en: 'international bodies', zh: '国际组织' },
}
