CREATE TABLE `proposal` (
	`id` text PRIMARY KEY NOT NULL,
	`session_id` text NOT NULL,
	`delegation_id` text NOT NULL,
	`entity_id` text NOT NULL,
	`text_id` text NOT NULL,
	`kind` text NOT NULL,
	`paragraph_id` text,
	`after_id` text,
	`bridges` text NOT NULL,
	`wording` text NOT NULL,
	`reason` text NOT NULL,
	`sponsor_ids` text NOT NULL,
	`group_id` text,
	`exceptions` text NOT NULL,
	`version_id` text,
	`basis` text NOT NULL,
	`supersedes` text,
	`audience_number` integer NOT NULL,
	`released_by` text NOT NULL,
	`released_at` integer NOT NULL,
	`content_hash` text NOT NULL,
	FOREIGN KEY (`session_id`) REFERENCES `session`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`delegation_id`) REFERENCES `delegation`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`entity_id`) REFERENCES `entity`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`text_id`) REFERENCES `text`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`group_id`) REFERENCES `entity_group`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`released_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `proposal_text` ON `proposal` (`text_id`,`released_at`);--> statement-breakpoint
CREATE INDEX `proposal_paragraph` ON `proposal` (`text_id`,`paragraph_id`);--> statement-breakpoint
CREATE INDEX `proposal_delegation` ON `proposal` (`delegation_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `proposal_supersedes` ON `proposal` (`supersedes`);--> statement-breakpoint
CREATE TABLE `proposal_draft` (
	`id` text PRIMARY KEY NOT NULL,
	`delegation_id` text NOT NULL,
	`text_id` text NOT NULL,
	`kind` text NOT NULL,
	`paragraph_id` text,
	`after_id` text,
	`bridges` text NOT NULL,
	`wording` text NOT NULL,
	`reason` text NOT NULL,
	`sponsor_ids` text NOT NULL,
	`group_id` text,
	`exceptions` text NOT NULL,
	`version_id` text,
	`basis` text NOT NULL,
	`supersedes` text,
	`drafted_by` text NOT NULL,
	`drafted_at` integer NOT NULL,
	`edited_by` text NOT NULL,
	`edited_at` integer NOT NULL,
	`edition` integer DEFAULT 1 NOT NULL,
	`reviewed_by` text,
	`reviewed_at` integer,
	`released_as` text,
	FOREIGN KEY (`delegation_id`) REFERENCES `delegation`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`text_id`) REFERENCES `text`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`group_id`) REFERENCES `entity_group`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`drafted_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`edited_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`reviewed_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `proposal_draft_delegation` ON `proposal_draft` (`delegation_id`,`text_id`);--> statement-breakpoint
CREATE TABLE `proposal_sponsor` (
	`proposal_id` text NOT NULL,
	`delegation_id` text NOT NULL,
	`entity_id` text NOT NULL,
	`confirmed_by` text NOT NULL,
	`confirmed_at` integer NOT NULL,
	PRIMARY KEY(`proposal_id`, `delegation_id`),
	FOREIGN KEY (`proposal_id`) REFERENCES `proposal`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`delegation_id`) REFERENCES `delegation`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`entity_id`) REFERENCES `entity`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`confirmed_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `proposal_withdrawal` (
	`proposal_id` text PRIMARY KEY NOT NULL,
	`reason` text NOT NULL,
	`withdrawn_by` text NOT NULL,
	`withdrawn_at` integer NOT NULL,
	FOREIGN KEY (`proposal_id`) REFERENCES `proposal`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`withdrawn_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
