/** Somebody who has a VM's screen open through this dashboard. */
export interface ConsoleViewer {
  /** As whom; '' while there is no sign-in. */
  who: string
  /** ISO 8601. */
  since: string
  /** It is the one that asks. */
  you: boolean
  /** It has the control: the pages of the others are view only for as long. */
  inControl: boolean
}

/** `GET /api/vms/{namespace}/{name}/viewers`: the oldest first. */
export interface ViewersAnswer {
  viewers: ConsoleViewer[]
}

export const CONTROL_WISHES = ['take', 'release'] as const

export type ControlWish = (typeof CONTROL_WISHES)[number]
