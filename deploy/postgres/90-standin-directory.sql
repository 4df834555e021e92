-- Which silo runs which grain, for the stand-in in eng/orleans-standin only: the official packages keep this in the silos'
-- memory and need no table. A row that names a dead silo is replaced by the next activation of its grain.

CREATE TABLE IF NOT EXISTS StandinDirectory
(
    ClusterId    varchar(150) NOT NULL,
    GrainId      varchar(700) NOT NULL,
    SiloAddress  varchar(100) NOT NULL,
    ActivationId uuid         NOT NULL,
    CONSTRAINT PK_StandinDirectory PRIMARY KEY (ClusterId, GrainId)
);

CREATE INDEX IF NOT EXISTS IX_StandinDirectory_Silo ON StandinDirectory (ClusterId, SiloAddress);
