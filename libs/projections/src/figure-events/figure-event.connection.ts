import { connectionOf } from '#platform/graphql/connection.js';
import { FigureEvent } from './figure-events.view.js';

export const FigureEventConnection = connectionOf(FigureEvent);
