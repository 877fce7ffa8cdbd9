/** How customers came into a group: `JoinScene` (doc 92130). WeCom's own sample shows a 1 that its table lacks. */
export const EVENT_JOIN_SCENES = { 0: 'invitation', 3: 'qr_code' } as const;

/** How customers left a group: `QuitScene` (doc 92130). */
export const QUIT_SCENES = { 0: 'left', 1: 'removed' } as const;
