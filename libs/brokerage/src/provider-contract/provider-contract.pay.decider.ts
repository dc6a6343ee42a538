import type { Decider } from '#kernel/decider.js';
import { defaultBands, parseBandTable, type PaymentBands } from '#kernel/payment-bands.js';
import { civilDateOf, isCivilDate } from '#kernel/time.js';
import type { SetPaymentTerms } from './payment-terms.commands.js';
import type { ProviderContractCommands } from './provider-contract.commands.js';
import type { PaymentTermsSet } from './provider-contract.events.js';
import { ensure, initialContract, type ContractState } from './provider-contract.rules.js';

type PayCommands = Pick<ProviderContractCommands, 'SetPaymentTerms'>;

/** How the visits of a contract are paid, from dates on (S2-16). */
export const payDecider: Decider<ContractState, PayCommands, PaymentTermsSet> = {
  initial: initialContract,
  decide: {
    SetPaymentTerms(state, command, { now }) {
      const { effectiveOn, basis, overCommissionBands, secondLeg, excused } = command;
      ensure(state.contractId, 'ContractUnknown', { path: 'contractId' });
      ensure(state.type !== 'in-house', 'InHouseHasNoPrice', { path: 'contractId' });
      ensure(isCivilDate(effectiveOn), 'DateDoesNotExist', { path: 'effectiveOn' });
      const later = (state.paymentTerms.at(-1)?.effectiveOn ?? '') < effectiveOn;
      ensure(later, 'PaymentTermsNotLater', { path: 'effectiveOn' });
      const data = {
        ...{ contractId: state.contractId, providerId: state.providerId, effectiveOn },
        ...{ basis: basis ?? 'actual-bands', bands: bandsOf(command) },
        ...(overCommissionBands !== undefined && { overCommissionBands }),
        secondLeg: secondLeg ?? 'when-commissioned',
        excused: (excused ?? []).map(({ reason, noticeBelowHours, upToDays, percent }) => ({
          ...{ reason, percent },
          ...(noticeBelowHours && { noticeBelowHours }),
          ...(upToDays && { upToDays }),
        })),
        ...(effectiveOn < civilDateOf(now) && { retroactive: true as const }),
      };
      return [{ type: 'PaymentTermsSet', data }];
    },
  },
  evolve: {
    PaymentTermsSet: (state, { contractId: _, providerId: __, retroactive: ___, ...terms }) => ({
      ...state,
      paymentTerms: [...state.paymentTerms, terms],
    }),
  },
};

/** A table is accepted only without a gap; the city's own is refused with `gap at 56` (S2-17). */
function bandsOf({ bands, cap60 = false }: SetPaymentTerms): PaymentBands {
  if (!bands || bands.length === 0) return cap60 ? { kind: 'quarter-hours', cap60 } : defaultBands;
  ensure(!cap60, 'CapNotOfABandTable', { path: 'cap60' });
  const table = parseBandTable(bands.map((row) => ({ ...row, toMinutes: row.toMinutes ?? null })));
  const message = 'refused' in table ? `The table of bands has a fault: ${table.refused}.` : '';
  ensure(!('refused' in table), 'BandTableFaulty', { path: 'bands', message });
  return table.bands;
}
