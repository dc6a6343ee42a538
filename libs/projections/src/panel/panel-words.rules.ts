import type { PanelCaseDecided } from '#brokerage/package/package.panel.events.js';

/** What a panel's decision says in words; nothing of an erased person. */
export interface PanelWords {
  readonly conditions?: readonly string[];
  readonly why?: string;
}

type Opened = Partial<Record<keyof PanelCaseDecided['data'], unknown>>;

export function panelWordsOf({ type, data }: { type: string; data: unknown }): PanelWords {
  if (type !== 'PanelCaseDecided') return {};
  const { conditions, reason } = data as Opened;
  return {
    ...(Array.isArray(conditions) && { conditions: conditions as string[] }),
    ...(typeof reason === 'string' && { why: reason }),
  };
}
