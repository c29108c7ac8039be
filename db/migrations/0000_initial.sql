CREATE TABLE `delegate` (
	`id` text PRIMARY KEY NOT NULL,
	`delegation_id` text NOT NULL,
	`person_id` text NOT NULL,
	`role` text NOT NULL,
	`from_at` integer NOT NULL,
	`until_at` integer,
	FOREIGN KEY (`delegation_id`) REFERENCES `delegation`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `delegate_person` ON `delegate` (`person_id`);--> statement-breakpoint
CREATE INDEX `delegate_delegation` ON `delegate` (`delegation_id`);--> statement-breakpoint
CREATE TABLE `delegation` (
	`id` text PRIMARY KEY NOT NULL,
	`session_id` text NOT NULL,
	`entity_id` text NOT NULL,
	`capacity` text NOT NULL,
	`created_at` integer NOT NULL,
	`withdrawn_at` integer,
	FOREIGN KEY (`entity_id`) REFERENCES `entity`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `delegation_session_entity` ON `delegation` (`session_id`,`entity_id`);--> statement-breakpoint
CREATE TABLE `entity` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`code` text NOT NULL,
	`names` text NOT NULL,
	`regional_group` text,
	`alphabet` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `entity_code_unique` ON `entity` (`code`);--> statement-breakpoint
CREATE TABLE `entity_group` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`code` text NOT NULL,
	`names` text NOT NULL,
	`exercise` integer DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE `membership` (
	`group_id` text NOT NULL,
	`entity_id` text NOT NULL,
	`role` text,
	`from` text DEFAULT '' NOT NULL,
	`to` text,
	PRIMARY KEY(`group_id`, `entity_id`, `from`),
	FOREIGN KEY (`group_id`) REFERENCES `entity_group`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`entity_id`) REFERENCES `entity`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `membership_entity` ON `membership` (`entity_id`);--> statement-breakpoint
CREATE TABLE `officer` (
	`id` text PRIMARY KEY NOT NULL,
	`session_id` text NOT NULL,
	`person_id` text NOT NULL,
	`office` text NOT NULL,
	`from_at` integer NOT NULL,
	`until_at` integer,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `officer_person` ON `officer` (`person_id`);--> statement-breakpoint
CREATE INDEX `officer_session` ON `officer` (`session_id`);--> statement-breakpoint
CREATE TABLE `one_time_link` (
	`id` text PRIMARY KEY NOT NULL,
	`token_hash` text NOT NULL,
	`person_id` text NOT NULL,
	`purpose` text NOT NULL,
	`issued_by` text,
	`issued_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`issued_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `one_time_link_token_hash_unique` ON `one_time_link` (`token_hash`);--> statement-breakpoint
CREATE TABLE `person` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`email` text,
	`account_id` text,
	`secretariat` integer DEFAULT false NOT NULL,
	`created_at` integer NOT NULL,
	`suspended_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `person_email_unique` ON `person` (`email`);--> statement-breakpoint
CREATE UNIQUE INDEX `person_account_id_unique` ON `person` (`account_id`);--> statement-breakpoint
CREATE TABLE `chain_head` (
	`chain` text PRIMARY KEY NOT NULL,
	`seq` integer NOT NULL,
	`hash` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `event` (
	`seq` integer PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`person_id` text,
	`delegation_id` text,
	`act` text NOT NULL,
	`thing` text NOT NULL,
	`thing_id` text NOT NULL,
	`session_id` text,
	`detail` text NOT NULL,
	`previous_hash` text NOT NULL,
	`hash` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `event_session` ON `event` (`session_id`);--> statement-breakpoint
CREATE INDEX `event_thing` ON `event` (`thing`,`thing_id`);--> statement-breakpoint
CREATE TABLE `agenda_item` (
	`id` text PRIMARY KEY NOT NULL,
	`session_id` text NOT NULL,
	`parent_id` text,
	`order` integer NOT NULL,
	`number` text NOT NULL,
	`title` text NOT NULL,
	`note` text DEFAULT '' NOT NULL,
	`status` text NOT NULL,
	`status_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`session_id`) REFERENCES `session`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `agenda_item_session` ON `agenda_item` (`session_id`);--> statement-breakpoint
CREATE TABLE `agenda_item_topic` (
	`item_id` text NOT NULL,
	`topic_id` text NOT NULL,
	PRIMARY KEY(`item_id`, `topic_id`),
	FOREIGN KEY (`item_id`) REFERENCES `agenda_item`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`topic_id`) REFERENCES `topic`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `installation` (
	`id` integer PRIMARY KEY NOT NULL,
	`body_name` text NOT NULL,
	`mode` text NOT NULL,
	`created_at` integer NOT NULL,
	`reference_version` text
);
--> statement-breakpoint
CREATE TABLE `meeting` (
	`id` text PRIMARY KEY NOT NULL,
	`session_id` text NOT NULL,
	`number` integer NOT NULL,
	`mode` text NOT NULL,
	`starts_at` integer NOT NULL,
	`ends_at` integer NOT NULL,
	`room` text DEFAULT '' NOT NULL,
	FOREIGN KEY (`session_id`) REFERENCES `session`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `meeting_session_number` ON `meeting` (`session_id`,`number`);--> statement-breakpoint
CREATE TABLE `position` (
	`id` text PRIMARY KEY NOT NULL,
	`entity_id` text NOT NULL,
	`session_id` text,
	`delegation_id` text,
	`topic_id` text NOT NULL,
	`item_id` text,
	`stance` text NOT NULL,
	`summary` text NOT NULL,
	`excerpt` text DEFAULT '' NOT NULL,
	`language` text DEFAULT 'en' NOT NULL,
	`source_title` text NOT NULL,
	`source_date` text NOT NULL,
	`source_symbol` text DEFAULT '' NOT NULL,
	`source_url` text DEFAULT '' NOT NULL,
	`explicit` integer DEFAULT true NOT NULL,
	`standing` text NOT NULL,
	`confidence` text,
	`supersedes` text,
	`released_by` text,
	`released_at` integer NOT NULL,
	`content_hash` text NOT NULL,
	FOREIGN KEY (`entity_id`) REFERENCES `entity`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`session_id`) REFERENCES `session`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`delegation_id`) REFERENCES `delegation`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`topic_id`) REFERENCES `topic`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`item_id`) REFERENCES `agenda_item`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`released_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `position_topic` ON `position` (`topic_id`);--> statement-breakpoint
CREATE INDEX `position_entity` ON `position` (`entity_id`);--> statement-breakpoint
CREATE TABLE `position_draft` (
	`id` text PRIMARY KEY NOT NULL,
	`delegation_id` text NOT NULL,
	`topic_id` text NOT NULL,
	`item_id` text,
	`stance` text NOT NULL,
	`summary` text NOT NULL,
	`excerpt` text DEFAULT '' NOT NULL,
	`language` text DEFAULT 'en' NOT NULL,
	`source_title` text NOT NULL,
	`source_date` text NOT NULL,
	`source_symbol` text DEFAULT '' NOT NULL,
	`source_url` text DEFAULT '' NOT NULL,
	`explicit` integer DEFAULT true NOT NULL,
	`drafted_by` text NOT NULL,
	`drafted_at` integer NOT NULL,
	`edited_by` text NOT NULL,
	`edited_at` integer NOT NULL,
	`edition` integer DEFAULT 1 NOT NULL,
	`released_as` text,
	FOREIGN KEY (`delegation_id`) REFERENCES `delegation`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`topic_id`) REFERENCES `topic`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`item_id`) REFERENCES `agenda_item`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`drafted_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`edited_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `position_draft_delegation` ON `position_draft` (`delegation_id`);--> statement-breakpoint
CREATE TABLE `session` (
	`id` text PRIMARY KEY NOT NULL,
	`title` text NOT NULL,
	`body` text NOT NULL,
	`kind` text NOT NULL,
	`symbol` text DEFAULT '' NOT NULL,
	`from` text NOT NULL,
	`to` text NOT NULL,
	`venue` text NOT NULL,
	`time_zone` text NOT NULL,
	`exercise` integer DEFAULT false NOT NULL,
	`item_under_discussion_id` text,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `statement` (
	`id` text PRIMARY KEY NOT NULL,
	`session_id` text NOT NULL,
	`delegation_id` text NOT NULL,
	`entity_id` text NOT NULL,
	`item_id` text NOT NULL,
	`meeting_id` text,
	`title` text NOT NULL,
	`language` text DEFAULT 'en' NOT NULL,
	`body` text NOT NULL,
	`group_id` text,
	`exceptions` text NOT NULL,
	`supersedes` text,
	`released_by` text NOT NULL,
	`released_at` integer NOT NULL,
	`content_hash` text NOT NULL,
	FOREIGN KEY (`session_id`) REFERENCES `session`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`delegation_id`) REFERENCES `delegation`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`entity_id`) REFERENCES `entity`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`item_id`) REFERENCES `agenda_item`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`meeting_id`) REFERENCES `meeting`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`group_id`) REFERENCES `entity_group`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`released_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `statement_item` ON `statement` (`item_id`);--> statement-breakpoint
CREATE INDEX `statement_session` ON `statement` (`session_id`);--> statement-breakpoint
CREATE TABLE `statement_draft` (
	`id` text PRIMARY KEY NOT NULL,
	`delegation_id` text NOT NULL,
	`item_id` text NOT NULL,
	`meeting_id` text,
	`title` text NOT NULL,
	`language` text DEFAULT 'en' NOT NULL,
	`body` text NOT NULL,
	`group_id` text,
	`exceptions` text NOT NULL,
	`drafted_by` text NOT NULL,
	`drafted_at` integer NOT NULL,
	`edited_by` text NOT NULL,
	`edited_at` integer NOT NULL,
	`edition` integer DEFAULT 1 NOT NULL,
	`released_as` text,
	FOREIGN KEY (`delegation_id`) REFERENCES `delegation`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`item_id`) REFERENCES `agenda_item`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`meeting_id`) REFERENCES `meeting`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`group_id`) REFERENCES `entity_group`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`drafted_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`edited_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `statement_draft_delegation` ON `statement_draft` (`delegation_id`);--> statement-breakpoint
CREATE TABLE `topic` (
	`id` text PRIMARY KEY NOT NULL,
	`title` text NOT NULL,
	`question` text NOT NULL,
	`scale` text NOT NULL,
	`exercise` integer DEFAULT false NOT NULL,
	`order` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `drafter` (
	`id` text PRIMARY KEY NOT NULL,
	`text_id` text NOT NULL,
	`person_id` text NOT NULL,
	`appointed_by` text NOT NULL,
	`from_at` integer NOT NULL,
	`until_at` integer,
	FOREIGN KEY (`text_id`) REFERENCES `text`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`appointed_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `drafter_text` ON `drafter` (`text_id`);--> statement-breakpoint
CREATE INDEX `drafter_person` ON `drafter` (`person_id`);--> statement-breakpoint
CREATE TABLE `paragraph_lock` (
	`id` text PRIMARY KEY NOT NULL,
	`text_id` text NOT NULL,
	`paragraph_id` text NOT NULL,
	`words_hash` text NOT NULL,
	`locked_by` text NOT NULL,
	`locked_at` integer NOT NULL,
	`unlocked_by` text,
	`unlocked_at` integer,
	`unlock_reason` text,
	FOREIGN KEY (`text_id`) REFERENCES `text`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `paragraph_lock_text` ON `paragraph_lock` (`text_id`);--> statement-breakpoint
CREATE TABLE `text` (
	`id` text PRIMARY KEY NOT NULL,
	`session_id` text NOT NULL,
	`item_id` text NOT NULL,
	`kind` text NOT NULL,
	`title` text NOT NULL,
	`symbol` text NOT NULL,
	`organ` text DEFAULT '' NOT NULL,
	`note` text DEFAULT '' NOT NULL,
	`language` text DEFAULT 'en' NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`session_id`) REFERENCES `session`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`item_id`) REFERENCES `agenda_item`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`created_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `text_session` ON `text` (`session_id`);--> statement-breakpoint
CREATE INDEX `text_item` ON `text` (`item_id`);--> statement-breakpoint
CREATE TABLE `text_audience` (
	`id` text PRIMARY KEY NOT NULL,
	`text_id` text NOT NULL,
	`audience` text NOT NULL,
	`delegation_ids` text NOT NULL,
	`shows` text NOT NULL,
	`from_seq` integer NOT NULL,
	`number` integer NOT NULL,
	`set_by` text NOT NULL,
	`set_at` integer NOT NULL,
	FOREIGN KEY (`text_id`) REFERENCES `text`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`set_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `text_audience_number` ON `text_audience` (`text_id`,`number`);--> statement-breakpoint
CREATE TABLE `text_checkpoint` (
	`text_id` text NOT NULL,
	`seq` integer NOT NULL,
	`state` blob NOT NULL,
	`attribution` blob NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`text_id`, `seq`)
);
--> statement-breakpoint
CREATE TABLE `text_client` (
	`text_id` text NOT NULL,
	`client` integer NOT NULL,
	`person_id` text,
	`delegation_id` text,
	`login_id` text,
	`at` integer NOT NULL,
	PRIMARY KEY(`text_id`, `client`)
);
--> statement-breakpoint
CREATE TABLE `text_update` (
	`text_id` text NOT NULL,
	`seq` integer NOT NULL,
	`person_id` text,
	`delegation_id` text,
	`login_id` text,
	`at` integer NOT NULL,
	`kind` text NOT NULL,
	`act` text DEFAULT '' NOT NULL,
	`update` blob NOT NULL,
	`previous_hash` text NOT NULL,
	`hash` text NOT NULL,
	PRIMARY KEY(`text_id`, `seq`)
);
--> statement-breakpoint
CREATE TABLE `text_version` (
	`id` text PRIMARY KEY NOT NULL,
	`text_id` text NOT NULL,
	`number` integer NOT NULL,
	`kind` text NOT NULL,
	`reason` text DEFAULT '' NOT NULL,
	`label` text NOT NULL,
	`symbol` text DEFAULT '' NOT NULL,
	`note` text DEFAULT '' NOT NULL,
	`seq` integer NOT NULL,
	`state` blob NOT NULL,
	`document` blob NOT NULL,
	`words_hash` text NOT NULL,
	`chain_head` text NOT NULL,
	`words_added` integer NOT NULL,
	`words_removed` integer NOT NULL,
	`word_count` integer NOT NULL,
	`issued_by` text,
	`issued_at` integer NOT NULL,
	FOREIGN KEY (`text_id`) REFERENCES `text`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `text_version_number` ON `text_version` (`text_id`,`number`);