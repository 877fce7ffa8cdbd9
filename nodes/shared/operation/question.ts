import type { IDataObject } from 'n8n-workflow';

/** How somebody can respond. */
export type ResponseChoice =
	| {
			readonly kind: 'approval';
			/** Label of the button. */
			readonly approve: string;
			/** Label of the other button, if there is one. */
			readonly disapprove?: string;
	  }
	| { readonly kind: 'freeText' };

/** The call of a tool that an AI agent wants to make, and may only make once somebody has approved it. */
export interface Review {
	/** Undefined where n8n does not tell which of several tools it is. */
	readonly tool?: string;
	/** What the language model passes to the tool. */
	readonly parameters: IDataObject;
}

/** A question that a workflow waits for. n8n stores it with the execution, so it is plain JSON. */
export interface Question {
	readonly title: string;
	readonly text: string;
	readonly response: ResponseChoice;
	readonly review?: Review;
	/** ID of the message that asks it; undefined if WeCom gave none. */
	readonly msgid?: string;
	/** When the workflow stops waiting, in milliseconds of the client's clock; undefined: never. */
	readonly until?: number;
}
