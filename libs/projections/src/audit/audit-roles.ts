/** Who reads stories and decisions. */
export const auditors = ['auditor', 'commissioner', 'quality-officer'] as const;

/** Who oversees what others read of people. */
export const overseers = ['auditor', 'administrator'] as const;
